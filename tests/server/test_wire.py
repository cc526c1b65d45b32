"""Odd requests byte by byte: each gets a sensible answer or a problem document, never less."""

import pytest

from tests.server.running import raw_exchange

REST = b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
CHAT = b"POST /v1/chat HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
CHUNKED = CHAT + b"Transfer-Encoding: chunked\r\nConnection: close\r\n"


@pytest.mark.parametrize(
    ("request_bytes", "status"),
    [
        (b"GET /livez" + REST, 200),
        (b"GET http://other/livez" + REST, 200),
        (b"GET /livez HTTP/1.0\r\n\r\n", 200),
        (b"GET /v1/search?q=%ff%fe" + REST, 200),
        (b"GET /v1/exercises HTTP/1.1\r\nIf-None-Match: \xff\r\nConnection: close\r\n\r\n", 200),
        (CHUNKED + b'\r\nf\r\n{"message":"a"}\r\n0\r\n\r\n', 200),
        (CHUNKED + b"\r\n5\r\nhello\r\n0\r\nX: y\r\n\r\n", 422),
        (CHUNKED + b"\r\nzz\r\n", 400),
        (CHUNKED + b"Content-Length: 5\r\n\r\n0\r\n\r\n", 400),
        (CHAT + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello", 400),
        (CHAT + b"Content-Length: -5\r\n\r\nhello", 400),
        (CHAT + b"Content-Length: 99999999999999999999999\r\n\r\nhello", 400),
        (b"OPTIONS *" + REST, 404),
        (b"GET //livez" + REST, 404),
        (b"GET /%ff%fe" + REST, 404),
        (b"GET /widget/1//etc/passwd" + REST, 404),
        (b"GET /\xff\xfe" + REST, 400),
        (b"GET livez" + REST, 400),
        (b"CONNECT a:1" + REST, 400),
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400),
    ],
)
def test_the_answer_to(server_url, request_bytes, status):
    head, _, body = raw_exchange(server_url, request_bytes).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 %d " % status)
    if status >= 400:
        assert b"content-type: application/problem+json" in head
        assert b'"code": ' in body


def test_an_upgrade_that_is_not_offered_is_answered_as_plain_http(server_url):
    upgrade = (
        b"GET /livez HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n"
    )
    answer = raw_exchange(server_url, upgrade + b"\r\n", seconds=8)
    assert answer.startswith(b"HTTP/1.1 200 ")
