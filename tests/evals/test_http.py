"""The same cases pass and fail alike in this process and through a running server."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from evals.asking import Opened, over_http
from evals.cases import BadCase, Case, check_pages
from evals.evaluating import Questions, evaluate
from evals.running import run
from evals.smoking import smoke_cases
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
    """Says "too many" to every other request."""

    asked = 0

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        type(self).asked += 1
        body = json.dumps(reply(citation())).encode()
        self.send_response(429 if self.asked % 2 else 200)
        self.send_header("retry-after", "0")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Stay silent."""


def test_a_server_that_asks_to_wait_is_asked_again() -> None:
    with HTTPServer(("127.0.0.1", 0), Busy) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with over_http(f"http://127.0.0.1:{server.server_port}") as door:
            results = run([case()] * 3, door.ask, page_text)
        server.shutdown()
    assert all(result.score.passed for result in results)
    assert Busy.asked == 6
