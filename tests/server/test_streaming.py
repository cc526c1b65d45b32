import json
import threading
import time

import httpx
import pytest

from assistant.errors import StorageError
from server.schemas import ProblemShape
from tests.server.fake_assistant import FakeAssistant
from tests.server.running import events_of, running

BODY = {"message": "how long?", "stream": True}


@pytest.fixture
def held():
    assistant = FakeAssistant(hold=threading.Event())
    yield assistant
    assistant.hold.set()


def test_a_segment_arrives_while_the_rest_is_still_being_made(held):
    with running(held) as url, httpx.stream("POST", url + "/v1/chat", json=BODY) as response:
        events = events_of(response)
        assert next(events)["event"] == "meta"
        assert next(events)["event"] == "segment"
        assert not held.hold.is_set()
        held.hold.set()
        assert [event["event"] for event in events] == ["segment", "done"]


def test_a_pause_is_filled_with_pings(held):
    with (
        running(held, ping_seconds=0.05) as url,
        httpx.stream("POST", url + "/v1/chat", json=BODY) as response,
    ):
        events = events_of(response)
        assert [next(events).get("event") for _ in range(2)] == ["meta", "segment"]
        assert next(events) == {"comment": "ping"}
        held.hold.set()
        assert [event["event"] for event in events if "event" in event] == ["segment", "done"]


def test_the_work_ends_when_the_client_leaves(held):
    with running(held) as url:
        with httpx.stream("POST", url + "/v1/chat", json=BODY) as response:
            assert next(events_of(response))["event"] == "meta"
            held.started.acquire(timeout=5)
        time.sleep(0.3)  # until the server has seen it
        held.hold.set()
        assert held.closed_early.wait(5)
        assert httpx.post(url + "/v1/chat", json={"message": "a"}).status_code == 200


@pytest.mark.parametrize(
    ("error", "code"), [(StorageError("full"), "storage"), (ValueError("secret"), "internal")]
)
def test_an_error_in_the_middle_is_an_event_and_the_end(error, code, caplog):
    with (
        running(FakeAssistant(fail_after_segment=error)) as url,
        httpx.stream("POST", url + "/v1/chat", json=BODY) as response,
    ):
        assert response.status_code == 200
        events = list(events_of(response))
    assert [event["event"] for event in events] == ["meta", "segment", "error"]
    assert all(event["id"] for event in events)
    problem = ProblemShape.model_validate(json.loads(events[-1]["data"]))
    assert problem.code == code
    assert problem.instance in caplog.text
    assert str(error) not in events[-1]["data"]


def test_the_event_loop_is_free_while_an_answer_is_made(held):
    with (
        running(held, threads=1) as url,
        httpx.stream("POST", url + "/v1/chat", json=BODY) as response,
    ):
        assert next(events_of(response))["event"] == "meta"
        assert httpx.get(url + "/livez").status_code == 200
        held.hold.set()
    assert all(name.startswith("answer") for name in held.threads)


def test_a_full_queue_refuses_with_retry_after_and_recovers(held):
    with running(held, threads=1, waiting=1) as url:
        asked = [threading.Thread(target=_ask, args=(url,)) for _ in range(2)]
        asked[0].start()
        assert held.started.acquire(timeout=5)
        asked[1].start()
        time.sleep(0.3)  # until the second waits
        response = httpx.post(url + "/v1/chat", json=BODY)
        assert (response.status_code, response.json()["code"]) == (503, "overloaded")
        assert response.headers["retry-after"] == "1"
        for path in ("/livez", "/readyz"):
            assert httpx.get(url + path).status_code == 200
        held.hold.set()
        for thread in asked:
            thread.join(10)
        assert httpx.post(url + "/v1/chat", json={"message": "a"}).status_code == 200


def test_a_running_stream_is_finished_when_the_server_stops(held):
    with running(held) as url:
        response = httpx.Client().send(
            httpx.Request("POST", url + "/v1/chat", json=BODY), stream=True
        )
        events = events_of(response)
        assert next(events)["event"] == "meta"
        threading.Timer(0.3, held.hold.set).start()
    assert [event["event"] for event in events] == ["segment", "segment", "done"]


def _ask(url: str) -> None:
    httpx.post(url + "/v1/chat", json={"message": "how long?"}, timeout=20)
