"""The same cases pass and fail alike in this process and through a running server."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from evals.asking import Opened, over_http
from evals.bench.serving import ask
from evals.cases import BadCase, Case, check_pages
from evals.evaluating import Questions, evaluate
from evals.running import run
from evals.smoking import smoke_cases
from server.problems import Problem
from tests.evals.replies import case, citation, page_text, reply
from tests.server.running import running


def plain(items, what):
    return items


def test_results_are_the_same_through_a_server(parts: Opened) -> None:
    cases: list[Case] = smoke_cases()[::6]
    with running(parts.assistant) as url, over_http(url) as door:
        served = evaluate(Questions("few", cases), door, plain)
    here = evaluate(Questions("few", cases), parts.door(), plain, parts=parts)
    assert [r.score for r in served.results] == [r.score for r in here.results]
    assert served.steady == here.steady


def test_a_page_that_the_server_lacks_is_named(parts: Opened) -> None:
    with (
        running(parts.assistant) as url,
        over_http(url) as door,
        pytest.raises(BadCase, match="no page has the slug 'plonk'"),
    ):
        check_pages("my.jsonl", {1: case(exercises=["plonk"], sources=[])}, door.page_text)


def test_a_server_that_is_gone_fails_the_cases_and_not_the_run() -> None:
    with over_http("http://127.0.0.1:9") as door:
        (reply,) = [r.reply for r in run([case()], door.ask, str)]
    assert reply["kind"] == "failed"


class Busy(BaseHTTPRequestHandler):
    """Answers every other request, and says to the others what our server says when it is busy."""

    asked = 0
    code = ""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        type(self).asked += 1
        if self.asked % 2:
            refusal = Problem(self.code, "Too many requests are waiting.").response()
            refusal.headers["retry-after"] = "0"
            self._send(refusal.status_code, bytes(refusal.body), dict(refusal.headers))
        else:
            self._send(200, json.dumps(reply(citation())).encode(), {})

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in ({"content-length": str(len(body))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Stay silent."""


@contextmanager
def busy(code: str) -> Iterator[int]:
    """Yield the port of a server that refuses every other request with a code."""
    Busy.asked, Busy.code = 0, code
    with HTTPServer(("127.0.0.1", 0), Busy) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


@pytest.mark.parametrize("code", ["overloaded", "rate_limited"])
def test_a_server_that_asks_to_wait_is_asked_again(code: str) -> None:
    with busy(code) as port, over_http(f"http://127.0.0.1:{port}") as door:
        results = run([case()] * 3, door.ask, page_text)
    assert all(result.score.passed for result in results)
    assert Busy.asked == 6


@pytest.mark.parametrize("code", ["overloaded", "rate_limited"])
def test_the_benchmark_waits_for_a_busy_server_too(code: str) -> None:
    with busy(code) as port:
        ask(port, "how many reps?")
    assert Busy.asked == 2


def test_a_server_that_is_not_ready_fails_the_case_at_once() -> None:
    with busy("not_ready") as port, over_http(f"http://127.0.0.1:{port}") as door:
        (result,) = run([case()], door.ask, page_text)
    assert result.reply["kind"] == "failed"
    assert Busy.asked == 1
