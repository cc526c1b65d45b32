"""Learning the low-rank factors: a question's right units against all others of its page."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import torch

from evals.tuning.lessons import Lesson, Unit, faq_lessons
from evals.tuning.low_rank import adapt, begin_with, encode
from evals.tuning.wishes import REASONS, Wish, choices

TEMPERATURE = 20.0  # cosines are multiplied by this before the softmax
CHANCE = Random(7)  # noqa: S311 - the same lessons in the same order every time
NOTHING = 0.45  # the cosine that "no unit answers this" begins with
RATE = 1e-3
WARMING = 30  # steps
A_STEP = 48  # questions of one page in one step
HEADINGS = 0.5  # share of steps that also ask the page's own FAQ headings
BARE = 0.3  # share of FAQ sentences that stand without their heading, as bullets do
WISHES = 16  # in one step
OTHERS = 64  # units of all pages beside those that answer the wishes of a step
ROUNDS = 2  # times that every wish is met in an epoch
WHOLE = 1.0  # largest norm of a step's gradient


@dataclass(frozen=True, slots=True)
class Score:
    """How often the first and one of the first three units is right, over ``count`` lessons."""

    count: int
    first: float
    three: float


def learn(
    model: Any,
    lessons: Sequence[Lesson],
    wishes: Sequence[Wish],
    units: Mapping[str, Sequence[Unit]],
    epochs: int,
    start: Path | None = None,
) -> Any:
    """Adapt the model in place, from the factors of ``start`` on; yield each epoch's mean loss.

    One step is some questions of a page, or some wishes. The loss is the cross entropy of the
    right units among all units of the page (for wishes: some of all pages) and of one more choice,
    "nothing here answers this".
    """
    by_page: dict[str, list[Lesson]] = {}
    for lesson in lessons:
        by_page.setdefault(lesson.page, []).append(lesson)
    pages = [
        page for page in sorted(by_page) for _ in range(math.ceil(len(by_page[page]) / A_STEP))
    ]
    nothing, nowhere = (torch.nn.Parameter(torch.tensor(NOTHING)) for _ in range(2))
    learned = [*adapt(model[0].auto_model), nothing, nowhere]
    if start:
        begin_with(model[0].auto_model, start)
    optimizer = torch.optim.AdamW(learned, lr=RATE, weight_decay=0.01)
    steps = epochs * (len(pages) + len(_drawn(wishes)))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / WARMING) * max(0.02, 1 - step / steps)
    )
    for _ in range(epochs):
        turns: list[str | list[Wish]] = [*pages, *_drawn(wishes)]
        CHANCE.shuffle(turns)
        total = 0.0
        model.train()
        for turn in turns:
            if isinstance(turn, str):
                loss = _loss(model, _asked(by_page[turn], units[turn]), units[turn], nothing)
            else:
                loss = _wish_loss(model, turn, units, nowhere)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(learned, WHOLE)
            optimizer.step()
            schedule.step()
            total += loss.item()
        yield total / len(turns)


def measure(model: Any, lessons: Sequence[Lesson], units: Mapping[str, Sequence[Unit]]) -> Score:
    """Return how often the nearest units of the page are right ones; unanswered do not count."""
    model.eval()
    first = three = 0
    answered = [lesson for lesson in lessons if lesson.right]
    with torch.no_grad():
        for page in sorted({lesson.page for lesson in answered}):
            asked = [lesson for lesson in answered if lesson.page == page]
            texts = [unit.embedded for unit in units[page]]
            near = encode(model, [lesson.text for lesson in asked]) @ encode(model, texts).T
            for lesson, best in zip(asked, near.topk(3).indices.tolist(), strict=True):
                first += best[0] in lesson.right
                three += bool(set(best) & set(lesson.right))
    count = max(1, len(answered))
    return Score(len(answered), first / count, three / count)


def measure_wishes(
    model: Any, wishes: Sequence[Wish], units: Mapping[str, Sequence[Unit]]
) -> Score:
    """Return how often the page with the nearest unit, and one of the first three, is right."""
    model.eval()
    first = three = 0
    answered = [wish for wish in wishes if wish.right]
    pages = sorted({page for page in units if "/" not in page})
    with torch.no_grad():
        near = {
            page: encode(model, [u.embedded for u in units[page] if u.kind in REASONS])
            for page in (pages if answered else ())
        }
        for wish in answered:
            vector = encode(model, [wish.text])[0]
            best = sorted(near, key=lambda page: -float((near[page] @ vector).max()))
            first += best[0] in wish.pages
            three += bool(wish.pages.intersection(best[:3]))
    count = max(1, len(answered))
    return Score(len(answered), first / count, three / count)


def _drawn(wishes: Sequence[Wish]) -> list[list[Wish]]:
    """Return the wishes of an epoch, some in each step, in another order every time."""
    order = [each for _ in range(ROUNDS) for each in CHANCE.sample(list(wishes), len(wishes))]
    return [order[at : at + WISHES] for at in range(0, len(order), WISHES)]


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


def _wish_loss(
    model: Any, wishes: Sequence[Wish], units: Mapping[str, Sequence[Unit]], nowhere: Any
) -> Any:
    """Return the loss of some wishes; other units of a right page count neither way."""
    places = choices(wishes, units, OTHERS, CHANCE)
    texts = [units[page][at].embedded for page, at in places]
    near = encode(model, [wish.text for wish in wishes]) @ encode(model, texts).T
    near = torch.cat([near, nowhere.expand(len(wishes), 1)], dim=1) * TEMPERATURE
    right = torch.zeros_like(near, dtype=torch.bool)
    open_ = torch.zeros_like(near, dtype=torch.bool)
    for row, wish in enumerate(wishes):
        right[row, [at for at, place in enumerate(places) if place in wish.right] or [-1]] = True
        open_[row, [at for at, (page, _) in enumerate(places) if page in wish.pages]] = True
    near = near.masked_fill(open_ & ~right, -1e9)
    return (near.logsumexp(1) - near.masked_fill(~right, -1e9).logsumexp(1)).mean()
