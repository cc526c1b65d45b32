"""``python -m evals.safety.timing``: how long the safety layer takes, beside its target.

Ordinary messages, and long ones made of them (``LENGTH`` characters); the rules alone, and the
whole layer. Every message is read anew; the figure of a message is the best of some runs, so that
other work on the machine counts little, and the percentiles are over the messages.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from assistant.embedding import OnnxEmbeddings
from assistant.exported_model import exported_model
from assistant.safety import SafetyLayer, assess
from assistant.safety.assessing import forget
from evals.safety.phrases import TRAINING, read_phrases

TARGET = 5.0  # milliseconds at p99
LENGTH = 1_000  # characters of a long message
LONG = 100  # long messages
WARM_UP = 20  # messages that are read before the clock runs

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@dataclass(frozen=True, slots=True)
class Timing:
    """What one stage took for some messages, in milliseconds."""

    name: str
    p50: float
    p99: float

    @property
    def holds(self) -> bool:
        """Return whether 99 of 100 messages take no longer than the target."""
        return self.p99 <= TARGET


@app.command()
def main(
    data: Annotated[Path, typer.Option(help="Data folder with the embedding model.")] = Path("var"),
    runs: Annotated[int, typer.Option(min=1, help="Runs a message; the best counts.")] = 3,
    most: Annotated[int, typer.Option(min=1, help="Ordinary messages that are timed.")] = 600,
) -> None:
    """Print p50 and p99 in milliseconds, beside the target."""
    model = OnnxEmbeddings(exported_model(data))
    layer = SafetyLayer(model.embed_documents, model.model_id)
    print(*printed(timings(layer, ordinary()[:most], runs)), sep="\n")


def ordinary() -> list[str]:
    """Return ordinary messages, in an order that is the same every time."""
    phrases = read_phrases([TRAINING / "ordinary.jsonl"])
    messages = [phrase.turns[-1] for phrase in phrases]
    random.Random(1).shuffle(messages)  # noqa: S311
    return messages


def lengthened(messages: Sequence[str], count: int = LONG) -> list[str]:
    """Return messages of ``LENGTH`` characters, each some of the given ones after each other."""
    chance = random.Random(2)  # noqa: S311
    long = []
    for _ in range(count):
        text = ""
        while len(text) < LENGTH:
            text += chance.choice(messages) + ". "
        long.append(text[:LENGTH])
    return long


def timings(layer: Callable[[str], object], messages: Sequence[str], runs: int) -> list[Timing]:
    """Return the timings of both kinds of messages by both stages."""
    kinds = {"ordinary": messages, f"of {LENGTH:,} characters": lengthened(messages)}
    stages = {"rules": assess, "whole layer": layer}
    return [
        timed(f"{kind}, {stage}", do, texts, runs)
        for kind, texts in kinds.items()
        for stage, do in stages.items()
    ]


def timed(name: str, do: Callable[[str], object], messages: Sequence[str], runs: int) -> Timing:
    """Return what ``do`` takes for each message at its best."""
    for message in messages[:WARM_UP]:
        do(message)
    best = [min(_seconds(do, message) for _ in range(runs)) * 1000 for message in messages]
    middle, high = np.percentile(best, [50, 99])
    return Timing(name, float(middle), float(high))


def _seconds(do: Callable[[str], object], message: str) -> float:
    forget()
    if isinstance(do, SafetyLayer):
        do.forget()
    begun = time.perf_counter()
    do(message)
    return time.perf_counter() - begun


def printed(rows: Sequence[Timing]) -> Iterator[str]:
    """Yield the lines of the table."""
    yield f"{'messages, stage':36} {'p50':>9} {'p99':>9}   target at p99"
    for row in rows:
        verdict = "holds" if row.holds else "DOES NOT HOLD"
        yield f"{row.name:36} {row.p50:6.2f} ms {row.p99:6.2f} ms   {TARGET:.0f} ms {verdict}"


if __name__ == "__main__":
    app()
