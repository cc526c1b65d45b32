"""Faults planted in the assistant through its public seams: an index that tells less."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from assistant.domain import Passage, Span, Status
from assistant.pipeline import Indexes
from assistant.ports import PageNames


class FaultyIndexes:
    """Indexes whose generation is wrapped in one fault."""

    def __init__(self, inner: Indexes, fault: type[Fault]) -> None:
        self._inner = inner
        self._fault = fault
        self._wrapped: Fault | None = None

    @contextmanager
    def use(self) -> Iterator[Any]:
        with self._inner.use() as index:
            if self._wrapped is None:
                self._wrapped = self._fault(index)
            yield self._wrapped

    def status(self) -> Status:
        return self._inner.status()

    def close(self) -> None:
        """The inner indexes are somebody else's."""


class Fault:
    """An index as it is; each fault changes one thing."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


class NoExerciseBias(Fault):
    """No page has a name, so that no question is about one exercise."""

    def names(self) -> Iterable[PageNames]:
        return []


class NoLexicalHalf(Fault):
    """The search by words finds nothing when passages are ranked; single words are still known."""

    def lexical(self, text: str, k: int) -> list[tuple[int, float]]:
        return [] if k > 1 else self._inner.lexical(text, k)


class HalfQuotes(Fault):
    """Every bullet and sentence ends in its middle."""

    def passages(self, rows: Sequence[int]) -> list[Passage]:
        return [
            replace(passage, units=tuple(map(half, passage.units)))
            for passage in self._inner.passages(rows)
        ]


def half(span: Span) -> Span:
    return Span(span.start, span.start + max(1, (span.end - span.start) // 2))
