"""Slow, silent, endless and huge: what a client may cost, with short deadlines."""

import socket
import threading
import time

import httpx
import pytest

from tests.server.fake_assistant import FakeAssistant
from tests.server.running import assert_is_problem, raw_exchange, running

HEAD = b"POST /v1/chat HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"


@pytest.fixture(scope="module")
def url():
    limits = {"head_seconds": 0.4, "body_seconds": 0.4, "body_bytes": 8192, "head_bytes": 4096}
    with running(FakeAssistant(), **limits) as url:
        yield url


def test_a_body_above_the_cap_is_refused_by_its_declared_length(url):
    response = httpx.post(url + "/v1/chat", content=b"a" * 5_000_000)
    problem = assert_is_problem(response, 413, "too_large")
    assert "8,192 bytes" in problem["detail"]
    assert response.headers["connection"] == "close"


def test_a_streamed_body_is_counted(url):
    chunks = (b"a" * 1000 for _ in range(2000))
    assert_is_problem(httpx.post(url + "/v1/chat", content=chunks), 413, "too_large")


def test_a_declared_length_is_not_trusted_to_admit(url):
    answer = raw_exchange(url, HEAD + b"Content-Length: 10\r\n\r\n", b"a" * 20_000)
    assert b" 200 " not in answer.split(b"\r\n")[0]


def test_a_huge_declared_length_is_refused_before_the_body_is_sent(url):
    answer = raw_exchange(
        url, HEAD + b"Expect: 100-continue\r\nContent-Length: 99999999\r\n\r\n", seconds=3
    )
    assert answer.startswith(b"HTTP/1.1 413 ")


def test_a_body_at_the_cap_is_read(url):
    body = b'{"message": "a"}' + b" " * (8192 - 16)
    headers = {"Content-Type": "application/json"}
    assert httpx.post(url + "/v1/chat", content=body, headers=headers).status_code == 200


def test_a_body_that_stops_arriving_is_answered_408(url):
    began = time.monotonic()
    answer = raw_exchange(url, HEAD + b'Content-Length: 100\r\n\r\n{"mess')
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b'"code": "request_timeout"' in answer
    assert time.monotonic() - began < 3


def test_a_body_that_dribbles_is_answered_408(url):
    chunks = [HEAD + b"Content-Length: 100\r\n\r\n", *[b" "] * 8]
    assert raw_exchange(url, *chunks, pause=0.08).startswith(b"HTTP/1.1 408 ")


def test_a_silent_connection_is_closed_with_408(url):
    answer = raw_exchange(url)
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b"application/problem+json" in answer


def test_headers_that_dribble_are_answered_408(url):
    chunks = [b"GET / HTTP/1.1\r\n", *[b"X-A: b\r\n"] * 5]
    assert raw_exchange(url, *chunks, pause=0.09).startswith(b"HTTP/1.1 408 ")


def test_a_second_request_on_a_connection_has_its_deadline_too(url):
    first = b"GET /livez HTTP/1.1\r\nHost: x\r\n\r\n"
    answer = raw_exchange(url, first, b"GET / HT", pause=0.1)
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert b"HTTP/1.1 408 " in answer


def test_bytes_after_an_answered_request_do_not_keep_a_connection_open(url):
    endless = b"GET /livez HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n"
    began = time.monotonic()
    answer = raw_exchange(url, endless, *[b"a"] * 5, pause=0.05)
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert time.monotonic() - began < 4


def test_headers_above_the_cap_are_refused(url):
    endless = b"GET / HTTP/1.1\r\nX-A: " + b"a" * 10_000
    answer = raw_exchange(url, endless)
    assert answer.startswith(b"HTTP/1.1 431 ")
    assert b'"code": "head_too_large"' in answer


@pytest.mark.parametrize(
    "nonsense", [b"\x16\x03\x01\x02\x00\x01", b"HELLO\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n"]
)
def test_what_is_not_http_is_answered_with_a_problem(url, nonsense):
    answer = raw_exchange(url, nonsense)
    assert answer.startswith((b"HTTP/1.1 400 ", b"HTTP/1.1 408 "))
    assert b"application/problem+json" in answer


def test_a_pipelined_pair_is_answered_in_order(url):
    one = b"GET /livez HTTP/1.1\r\nHost: x\r\n\r\n"
    two = b"GET /version HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    answer = raw_exchange(url, one + two)
    assert answer.index(b"alive") < answer.index(b"exercise-assistant")


def test_half_open_connections_do_not_keep_an_honest_client_out():
    with running(FakeAssistant(), connections=20, head_seconds=20) as url:
        host, port = url.removeprefix("http://").split(":")
        half_open = [socket.create_connection((host, int(port))) for _ in range(60)]
        try:
            for connection in half_open[::2]:
                _send_some(connection, HEAD)
            for _ in range(5):
                assert httpx.post(url + "/v1/chat", json={"message": "a"}).status_code == 200
        finally:
            for connection in half_open:
                connection.close()


def test_when_every_connection_is_at_work_the_next_is_told_so():
    assistant = FakeAssistant(hold=threading.Event())
    with running(assistant, connections=2) as url:
        asked = [threading.Thread(target=_ask, args=(url,)) for _ in range(2)]
        for thread in asked:
            thread.start()
            assert assistant.started.acquire(timeout=5)
        answer = raw_exchange(url)
        assert answer.startswith(b"HTTP/1.1 503 Service Unavailable\r\n")
        assert b"retry-after: 1\r\n" in answer
        assert b'"code": "overloaded"' in answer
        assistant.hold.set()
        for thread in asked:
            thread.join(10)


def test_slow_bodies_do_not_keep_an_honest_client_out():
    with running(FakeAssistant(), body_seconds=2) as url:
        slow = [threading.Thread(target=_post_slowly, args=(url,)) for _ in range(30)]
        for thread in slow:
            thread.start()
        for _ in range(5):
            assert httpx.post(url + "/v1/chat", json={"message": "a"}).status_code == 200
        for thread in slow:
            thread.join(10)


def test_an_idle_connection_is_kept_for_the_next_request(url):
    with httpx.Client(base_url=url) as client:
        for _ in range(3):
            assert client.get("/livez").status_code == 200
            time.sleep(0.5)


def test_a_client_that_does_not_read_is_dropped():
    with running(FakeAssistant(), send_seconds=0.3) as url:
        host, port = url.removeprefix("http://").split(":")
        with socket.socket() as connection:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
            connection.connect((host, int(port)))
            connection.settimeout(5)
            request = b"GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n"
            with pytest.raises(OSError, match=r"reset|pipe"):
                _send_on(connection, request)


def _send_on(connection: socket.socket, request: bytes) -> None:
    for _ in range(1000):
        connection.sendall(request)
        time.sleep(0.01)


def _send_some(connection: socket.socket, data: bytes) -> None:
    try:
        connection.sendall(data)
    except OSError:
        return  # it made room already


def _post_slowly(url: str) -> None:
    answer = raw_exchange(url, HEAD + b"Content-Length: 100\r\n\r\n{")
    assert answer.startswith(b"HTTP/1.1 408 ")


def _ask(url: str) -> None:
    assert httpx.post(url + "/v1/chat", json={"message": "a"}, timeout=20).status_code == 200
