"""Runs the real server on a free port of the loopback interface, in a thread."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import httpx

from server.app import create_app
from server.serving import bind, server_of, url_of
from server.settings import read_server_settings


@contextmanager
def running(assistant, **settings) -> Iterator[str]:
    """Yield the URL of a server over the assistant, and stop it in an orderly way."""
    read = read_server_settings(port=0, **settings)
    listener = bind(read.host, 0)
    server = server_of(create_app(assistant, read), read)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        wait_until(lambda: server.started)
        yield url_of(listener)
    finally:
        server.should_exit = True
        thread.join(15)
        assert not thread.is_alive()


def wait_until(holds, seconds: float = 10) -> None:
    """Return once it holds; fail when it does not within the time."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not come true in time"
        time.sleep(0.01)


def raw_exchange(url: str, *chunks: bytes, pause: float = 0, seconds: float = 5) -> bytes:
    """Send bytes as they are, one chunk after the other, and return all that comes back."""
    host, port = url.removeprefix("http://").split(":")
    answer = b""
    with socket.create_connection((host, int(port)), timeout=seconds) as connection:
        with suppress(BrokenPipeError):  # the server has answered and does not listen any more
            for chunk in chunks:
                connection.sendall(chunk)
                time.sleep(pause)
        while received := connection.recv(65536):
            answer += received
    return answer


def events_of(response: httpx.Response) -> Iterator[dict[str, str]]:
    """Yield the events of a response as they arrive, as a browser would read them."""
    event: dict[str, str] = {}
    for line in response.iter_lines():
        if line:
            name, _, value = line.partition(":")
            event[name or "comment"] = value.removeprefix(" ")
        elif event:
            yield event
            event = {}


def assert_is_problem(response: httpx.Response, status: int, code: str) -> dict:
    """Check the shape of a problem document and return it."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert (problem["status"], problem["code"]) == (status, code)
    assert problem["detail"]
    assert problem["advice"]
    assert set(problem["error"]) == {"message", "type", "param", "code"}
    assert "Traceback" not in response.text
    return problem
