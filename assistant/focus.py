"""What a conversation is about so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Focus:
    """What a conversation is about so far; stored as plain JSON with it."""

    exercises: tuple[str, ...] = ()
    history: tuple[str, ...] = ()
    question: str = ""
    unknown: str = ""
    page: str | None = None
    choices: tuple[str, ...] = ()

    @classmethod
    def read(cls, state: Mapping[str, object]) -> Focus:
        """Return the focus that ``state`` holds, or an empty one."""

        def strings(key: str) -> tuple[str, ...]:
            value = state.get(key)
            return tuple(map(str, value)) if isinstance(value, list) else ()

        page = state.get("page")
        return cls(
            exercises=strings("exercises"),
            history=strings("history"),
            question=str(state.get("question", "")),
            unknown=str(state.get("unknown", "")),
            page=str(page) if page else None,
            choices=strings("choices"),
        )

    def state(self) -> dict[str, object]:
        """Return the focus as plain JSON."""
        return {
            "exercises": list(self.exercises),
            "history": list(self.history),
            "question": self.question,
            "unknown": self.unknown,
            "page": self.page,
            "choices": list(self.choices),
        }
