"""What every route needs: the assistant, the threads that its calls run in, and the settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, TypeVar

from fastapi import Depends, Request

from server.insights_key import Guesses
from server.settings import ServerSettings
from server.threads import Threads

if TYPE_CHECKING:
    from assistant.pipeline import Assistant

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Door:
    """The parts of one application; nothing of it is global."""

    assistant: Assistant
    threads: Threads
    settings: ServerSettings
    guesses: Guesses = field(default_factory=Guesses)

    async def call(self, work: Callable[..., T], *args: object) -> T:
        """Run one of the assistant's synchronous methods in a thread."""
        return await self.threads.run(work, *args)


def _door(request: Request) -> Door:
    door: Door = request.app.state.door
    return door


OpenDoor = Annotated[Door, Depends(_door)]
