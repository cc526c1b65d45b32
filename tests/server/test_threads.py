import asyncio
import contextvars
import threading

import pytest

from server.problems import Refused
from server.threads import Threads

who = contextvars.ContextVar("who", default="nobody")


@pytest.fixture
def threads():
    made = Threads(threads=2, waiting=1)
    yield made
    made.close()


def test_a_call_returns_or_raises_in_its_caller(threads):
    assert asyncio.run(threads.run(divmod, 7, 2)) == (3, 1)
    with pytest.raises(ZeroDivisionError):
        asyncio.run(threads.run(divmod, 7, 0))


def test_each_call_sees_the_context_of_its_request_and_leaves_no_trace(threads):
    def name_and_change() -> str:
        seen = who.get()
        who.set("changed in the thread")
        return seen

    async def request(name: str) -> tuple[str, str]:
        who.set(name)
        return await threads.run(name_and_change), who.get()

    async def several() -> list[tuple[str, str]]:
        return await asyncio.gather(*(request(name) for name in "ab"))

    assert asyncio.run(several()) == [("a", "a"), ("b", "b")]
    assert asyncio.run(threads.run(who.get)) == "nobody"


def test_the_queue_is_bounded_and_frees_itself(threads):
    hold = threading.Event()
    running = [threads.submit(hold.wait, 5) for _ in range(3)]
    with pytest.raises(Refused) as caught:
        threads.submit(hold.wait)
    assert caught.value.problem.code == "overloaded"
    hold.set()
    assert all(future.result(5) for future in running)
    assert asyncio.run(threads.run(len, "abc")) == 3


def test_a_call_whose_request_was_given_up_still_holds_its_thread(threads):
    hold, began = threading.Event(), threading.Semaphore(0)

    def work() -> None:
        began.release()
        hold.wait(5)

    async def give_up() -> None:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.1):
                await threads.run(work)

    asyncio.run(give_up())
    assert began.acquire(timeout=5)
    others = [threads.submit(hold.wait, 5) for _ in range(2)]
    with pytest.raises(Refused):
        threads.submit(hold.wait)
    hold.set()
    assert all(future.result(5) for future in others)
