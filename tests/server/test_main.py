"""The server as a process: options, the printed line, signals, workers, a new generation."""

import json
import signal
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import psutil
import pytest

from server.__main__ import main
from tests.server.real import CHECKOUT, SLUGS, copy_pages, server_process
from tests.server.running import wait_until

QUESTION = {"message": "how long should I hold a wall sit?"}


def failed_start(data, *options, **variables):
    """Return the exit code, stdout and stderr of a start that is to fail."""
    with server_process(data, *options, **variables) as started:
        return started.wait(), started.lines, "".join(started.log)


@pytest.mark.parametrize(
    ("options", "variables", "named"),
    [
        (("--port", "x"), {}, "ASSISTANT_PORT (--port) is 'x'"),
        (("--workers", "0"), {}, "ASSISTANT_WORKERS (--workers) is '0'"),
        ((), {"ASSISTANT_BODY_SECONDS": "soon"}, "ASSISTANT_BODY_SECONDS is 'soon'"),
        ((), {"ASSISTANT_KEEP_GENERATIONS": "none"}, "ASSISTANT_KEEP_GENERATIONS is 'none'"),
    ],
)
def test_a_bad_setting_ends_the_start_with_code_2(
    tmp_path, monkeypatch, capsys, options, variables, named
):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert main(["--data", str(tmp_path / "data"), *options]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith(named)
    assert printed.err.count("\n") == 1
    assert not (tmp_path / "data").exists()


def test_an_unknown_option_is_named_with_code_2(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--bogus"])
    assert ended.value.code == 2
    assert "--bogus" in capsys.readouterr().err


def test_a_port_in_use_is_one_clear_line_and_code_1(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        code, lines, log = failed_start(tmp_path / "data", "--port", port)
    assert (code, lines) == (1, [])
    assert log.count("\n") == 1
    assert f"Cannot listen on 127.0.0.1 port {port}: address already in use." in log
    assert "--port" in log


def test_a_data_folder_that_cannot_be_used_is_one_clear_line_and_code_1(tmp_path):
    file = tmp_path / "data"
    file.write_text("I am a file")
    code, lines, log = failed_start(file)
    assert (code, lines) == (1, [])
    assert str(file) in log
    assert "Traceback" not in log


def test_without_index_and_corpus_the_next_step_is_said(tmp_path):
    missing = tmp_path / "pages"
    code, lines, log = failed_start(tmp_path / "data", ASSISTANT_CORPUS=str(missing))
    assert (code, lines) == (1, [])
    assert str(missing) in log
    assert "python -m assistant ingest" in log


def test_a_damaged_index_is_said_and_not_replaced(tmp_path):
    (tmp_path / "index" / "generations" / "000007").mkdir(parents=True)
    (tmp_path / "index" / "current").write_text('{"generation": 7}')
    code, lines, log = failed_start(tmp_path)
    assert (code, lines) == (1, [])
    assert "Traceback" not in log
    assert (tmp_path / "index" / "current").read_text() == '{"generation": 7}'


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_running_request_is_finished_when_it_is_told_to_stop(data_folder, number):
    with server_process(data_folder) as started:
        url = started.url()
        body = json.dumps(QUESTION).encode()
        sent = threading.Event()

        def slow_body():
            yield body[:5]
            sent.set()
            wait_until(lambda: not _accepts(url))
            yield body[5:]

        with ThreadPoolExecutor() as pool:
            headers = {"Content-Type": "application/json"}
            asked = pool.submit(
                httpx.post, url + "/v1/chat", content=slow_body(), headers=headers, timeout=20
            )
            assert sent.wait(10)
            httpx.get(url + "/livez")  # by then the server has the other request's head
            assert started.stop(number) == 0
        assert asked.result().status_code == 200
    assert "Traceback" not in "".join(started.log)


def test_two_workers_share_the_port_and_stop_together(data_folder):
    with server_process(data_folder, "--workers", "2") as started:
        url = started.url()
        workers = [
            child
            for child in psutil.Process(started.process.pid).children()
            if "spawn_main" in " ".join(child.cmdline())
        ]
        assert len(workers) == 2
        first = httpx.post(url + "/v1/chat", json=QUESTION).json()
        body = {**QUESTION, "conversation_id": first["conversation_id"]}
        for _ in range(20):
            assert httpx.post(url + "/v1/chat", json=body).status_code == 200
        assert started.stop(signal.SIGTERM) == 0
        assert not any(worker.is_running() for worker in workers)
    assert len(started.lines) == 1
    assert "Traceback" not in "".join(started.log)


def test_workers_that_cannot_open_the_index_end_the_start(tmp_path):
    (tmp_path / "index" / "generations" / "000007").mkdir(parents=True)
    (tmp_path / "index" / "current").write_text('{"generation": 7}')
    code, lines, log = failed_start(tmp_path, "--workers", "2")
    assert (code, lines) == (1, [])
    assert "A worker could not start." in log
    assert "Traceback" not in log


def test_it_builds_the_first_index_and_takes_up_the_next_without_one_failed_request(tmp_path):
    data = tmp_path / "data"
    pages = copy_pages(tmp_path / "pages", *SLUGS[:2])
    with (
        server_process(data, ASSISTANT_CORPUS=str(pages)) as started,
        ThreadPoolExecutor() as pool,
    ):
        url = started.url()
        done = threading.Event()
        hammers = [pool.submit(_hammer, url, done) for _ in range(2)]
        try:
            _ingest(copy_pages(pages, SLUGS[2]), data)
            wait_until(lambda: httpx.get(url + "/readyz").json()["generation"] == 2, 20)
            wait_until(lambda: _has_page(url, SLUGS[2]), 5)
        finally:
            done.set()
        seen = [answer for hammer in hammers for answer in hammer.result(20)]
        assert started.stop(signal.SIGTERM) == 0
    assert {status for status, _ in seen} == {200}
    assert {generation for _, generation in seen} == {1, 2}
    assert started.lines == [f"Exercise assistant at {url}\n"]
    assert "Indexed 2 pages" in "".join(started.log)
    assert "Traceback" not in "".join(started.log)


def _hammer(url, done):
    """Ask until done, and a little longer; return (status, generation) of every answer."""
    seen = []
    with httpx.Client(base_url=url, timeout=20) as client:
        more = 10
        while more:
            response = client.post("/v1/chat", json=QUESTION)
            seen.append((response.status_code, response.json().get("index", {}).get("generation")))
            more -= done.is_set()
            time.sleep(0.005)
    return seen


def _ingest(pages, data):
    command = [sys.executable, "-m", "assistant", "ingest", str(pages), "--data", str(data)]
    subprocess.run(command, cwd=CHECKOUT, check=True, capture_output=True)


def _has_page(url, slug):
    return httpx.get(f"{url}/v1/exercises/{slug}").status_code == 200


def _accepts(url):
    host, port = url.removeprefix("http://").split(":")
    try:
        socket.create_connection((host, int(port)), timeout=1).close()
    except OSError:
        return False
    return True
