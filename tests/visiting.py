"""Lets about 150 visitors ask the real assistant, over some weeks, so that the owner's view fills.

``python -m tests.visiting DIR`` asks the questions of the datasets into the data folder DIR, gives
some replies a vote, and spreads the conversations over the last four weeks.
"""

from __future__ import annotations

import json
import random
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

from assistant.asked import Feedback
from assistant.bootstrap import build
from assistant.conversations import days_ago
from assistant.domain import Reply
from assistant.pipeline import Assistant
from assistant.settings import read_settings

DATASETS = Path(__file__).parents[1] / "evals" / "datasets"
OTHERS = [
    *["hello", "thanks!", "how many reps?", "is this exercise safe?"] * 2,
    "I have crushing chest pain going down my left arm",
    "my calf is hot and swollen on one side since yesterday",
    "I have osteoporosis, can I do the cat-cow?",
    "I am 7 months pregnant, is the glute bridge ok?",
    "can I take ibuprofen before the plank?",
]
COMMENTS = [
    "I asked about the breathing, not the reps.",
    "Too long, I only wanted a number.",
    "",
    "The source does not say this for beginners.",
]
WEEKS = 4


def questions(rng: random.Random, most: int = 150) -> list[str]:
    """Return questions that are answered, refused, outside, urgent and small talk, mixed."""
    cases = [json.loads(line) for line in (DATASETS / "dev.jsonl").read_text("utf-8").splitlines()]
    single = [case["turns"][0]["message"] for case in cases if len(case["turns"]) == 1]
    gaps = [json.loads(line) for line in (DATASETS / "gaps.jsonl").read_text("utf-8").splitlines()]
    refused = [gap["question"] for gap in gaps]
    mixed = rng.sample(single, most - 58) + rng.sample(refused, 45) + OTHERS
    rng.shuffle(mixed)
    return mixed


def visit(assistant: Assistant, rng: random.Random) -> Iterator[Reply]:
    """Ask every question in a conversation of its own and give some replies a vote."""
    for message in questions(rng):
        reply = assistant.ask(message)
        chance = rng.random()
        if chance < 0.12:
            assistant.rate(reply.id, Feedback("up"))
        elif chance < 0.18:
            assistant.rate(reply.id, Feedback("down", rng.choice(COMMENTS)))
        elif reply.citations and chance < 0.20:
            assistant.rate(reply.id, Feedback("down", "not the right line", citation=1))
        yield reply


def spread(data: Path, rng: random.Random) -> None:
    """Give each conversation a moment within the last weeks; more on some days than on others."""
    with sqlite3.connect(data / "conversations.sqlite") as database:
        ids = [row[0] for row in database.execute("SELECT id FROM conversations")]
        for each in ids:
            moment = days_ago(rng.triangular(0, 7 * WEEKS, 3))
            for statement in (
                "UPDATE conversations SET created_at = ?, used_at = ? WHERE id = ?",
                "UPDATE turns SET created_at = coalesce(?, ?) WHERE conversation = ?",
                "UPDATE feedback SET created_at = coalesce(?, ?) WHERE conversation = ?",
            ):
                database.execute(statement, (moment, moment, each))
    database.close()


def fill(data: Path) -> int:
    """Ask, vote and spread; return how many questions were asked."""
    rng = random.Random(11)
    assistant = build(read_settings(data=data))
    count = sum(1 for _ in visit(assistant, rng))
    assistant.close()
    spread(data, rng)
    return count


if __name__ == "__main__":
    print(f"{fill(Path(sys.argv[1]))} questions asked.")
