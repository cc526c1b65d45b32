"""Learning the low-rank factors: a question's right units against all others of its page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

import torch

from evals.tuning.lessons import Lesson, Unit, faq_lessons
from evals.tuning.low_rank import adapt, encode

TEMPERATURE = 20.0  # cosines are multiplied by this before the softmax
CHANCE = Random(7)  # noqa: S311 - the same lessons in the same order every time
NOTHING = 0.45  # the cosine that "no unit answers this" begins with
RATE = 1e-3
WARMING = 30  # steps
A_STEP = 24  # questions of one page in one step
HEADINGS = 0.5  # share of steps that also ask the page's own FAQ headings
BARE = 0.3  # share of FAQ sentences that stand without their heading, as bullets do
WHOLE = 1.0  # largest norm of a step's gradient


@dataclass(frozen=True, slots=True)
class Score:
    """How often the first and one of the first three units is right, over ``count`` lessons."""

    count: int
    first: float
    three: float


def learn(
    model: Any, lessons: Sequence[Lesson], units: Mapping[str, Sequence[Unit]], epochs: int
) -> Any:
    """Adapt the model in place and yield the mean loss of each epoch.

    One step is one page. The loss is the cross entropy of the right units among all units of
    the page and of one more choice, "nothing here answers this".
    """
    by_page: dict[str, list[Lesson]] = {}
    for lesson in lessons:
        by_page.setdefault(lesson.page, []).append(lesson)
    pages = sorted(by_page)
    nothing = torch.nn.Parameter(torch.tensor(NOTHING))
    learned = [*adapt(model[0].auto_model), nothing]
    optimizer = torch.optim.AdamW(learned, lr=RATE, weight_decay=0.01)
    steps = epochs * len(pages)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / WARMING) * max(0.02, 1 - step / steps)
    )
    for _ in range(epochs):
        CHANCE.shuffle(pages)
        total = 0.0
        model.train()
        for page in pages:
            loss = _loss(model, _asked(by_page[page], units[page]), units[page], nothing)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(learned, WHOLE)
            optimizer.step()
            schedule.step()
            total += loss.item()
        yield total / len(pages)


def measure(model: Any, lessons: Sequence[Lesson], units: Mapping[str, Sequence[Unit]]) -> Score:
    """Return how often the nearest units of the page are right ones; unanswered do not count."""
    model.eval()
    first = three = 0
    answered = [lesson for lesson in lessons if lesson.right]
    vectors: dict[str, Any] = {}
    with torch.no_grad():
        for lesson in answered:
            if lesson.page not in vectors:
                texts = [unit.embedded for unit in units[lesson.page]]
                vectors[lesson.page] = encode(model, texts)
            near = vectors[lesson.page] @ encode(model, [lesson.text])[0]
            best = near.topk(3).indices.tolist()
            first += best[0] in lesson.right
            three += bool(set(best) & set(lesson.right))
    count = max(1, len(answered))
    return Score(len(answered), first / count, three / count)


def _asked(lessons: Sequence[Lesson], units: Sequence[Unit]) -> list[tuple[str, tuple[int, ...]]]:
    asked = [(lesson.text, lesson.right) for lesson in lessons]
    if CHANCE.random() < HEADINGS:
        asked += faq_lessons(units)
    return CHANCE.sample(asked, min(A_STEP, len(asked)))


def _loss(
    model: Any,
    asked: Sequence[tuple[str, tuple[int, ...]]],
    units: Sequence[Unit],
    nothing: Any,
) -> Any:
    texts = [
        unit.words if unit.kind == "faq" and CHANCE.random() < BARE else unit.embedded
        for unit in units
    ]
    near = encode(model, [text for text, _ in asked]) @ encode(model, texts).T
    near = torch.cat([near, nothing.expand(len(asked), 1)], dim=1) * TEMPERATURE
    right = torch.zeros_like(near, dtype=torch.bool)
    for row, (_, answers) in enumerate(asked):
        right[row, list(answers) or [len(units)]] = True
    return (near.logsumexp(1) - near.masked_fill(~right, -1e9).logsumexp(1)).mean()
