"""The exercises that both sides index: a file of records, or a grammar's when there is none."""

from __future__ import annotations

import json
import os
from itertools import islice, product
from pathlib import Path
from typing import Any

Record = dict[str, Any]

VARIABLE = "ASSISTANT_EXERCISES"
SIBLING = Path(__file__).resolve().parents[3] / "shared" / "data" / "open-exercise-db.jsonl"
GENERATED = 991

TOOLS = ("Barbell", "Dumbbell", "Cable", "Band", "Kettlebell", "Bodyweight", "Machine", "Ball")
STANCES = ("Seated", "Standing", "Kneeling", "Lying", "Incline", "Single-Leg", "Split-Stance")
MOVES = {
    "Row": ("pull the elbows back past the ribs", "back"),
    "Press": ("push away until the arms are straight", "chest and shoulders"),
    "Squat": ("bend the hips and knees until the thighs are level", "thighs and glutes"),
    "Curl": ("bend the elbows without moving the upper arms", "front of the arms"),
    "Raise": ("lift until the limb is level with the floor", "shoulders"),
    "Hinge": ("push the hips back with a long spine", "back of the thighs"),
    "Twist": ("turn the trunk while the hips stay square", "sides of the trunk"),
    "Hold": ("keep the whole body still and long", "trunk"),
    "Lunge": ("step out and lower until both knees are bent", "thighs"),
    "Extension": ("straighten the joint without a jerk", "back of the arms"),
}
NAMES = ("Half-Range", "Slow", "Paused", "Alternating", "Wide", "Narrow", "Reverse", "Assisted")


def find_exercises(path: Path | None) -> tuple[list[Record], str]:
    """Return the records and where they come from, in words.

    Looks at ``path``, then at the variable ASSISTANT_EXERCISES, then for a folder ``shared``
    beside the checkout; else a fixed grammar makes as many, the same on every machine.
    """
    named = path or (Path(os.environ[VARIABLE]) if VARIABLE in os.environ else None)
    chosen = named or (SIBLING if SIBLING.exists() else None)
    if chosen is None:
        return list(islice(generated(), GENERATED)), "a fixed grammar (no --exercises file)"
    with chosen.open(encoding="utf-8") as stream:
        return [json.loads(line) for line in stream if line.strip()], chosen.name


def generated() -> Any:
    """Yield records of the same shape as the file's, all different."""
    for style, stance, tool, move in product(("", *NAMES), STANCES, TOOLS, MOVES):
        name = " ".join(part for part in (style, stance, tool, move) if part)
        action, muscles = MOVES[move]
        yield {
            "id": name.lower().replace(" ", "-"),
            "name": name,
            "level": "beginner",
            "equipment": tool.lower(),
            "primaryMuscles": [muscles],
            "instructions": [
                f"Set up for the {name.lower()} with the {tool.lower()} in reach.",
                f"Take a {stance.lower()} position, ribs down and shoulders relaxed.",
                f"Breathe in, then {action} as you breathe out.",
                "Pause for one second at the end of the movement without holding your breath.",
                f"Return slowly under control; you should feel the {muscles} working.",
                "Repeat for 8 to 12 controlled repetitions, and stop if anything hurts.",
            ],
        }


def multiplied(records: list[Record], copies: int) -> list[Record]:
    """Return every record ``copies`` times; all but the first time under another name."""
    return [
        record if copy == 0 else {**record, **_renamed(record, copy)}
        for copy in range(copies)
        for record in records
    ]


def _renamed(record: Record, copy: int) -> Record:
    name = f"{record['name']} Variation {copy}"
    return {"id": f"{record['id']}-variation-{copy}", "name": name, "aliases": []}


def write_pages(records: list[Record], folder: Path) -> Path:
    """Write the records as one file that ``ingest`` reads, and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "exercises.jsonl"
    with path.open("w", encoding="utf-8") as stream:
        for record in records:
            stream.write(json.dumps(record, ensure_ascii=False) + "\n")
    return path


def plain_text(record: Record) -> str:
    """Return the words of a page as the tutorial's loader would see them."""
    facts = [f"{key}: {_line(record[key])}" for key in ("equipment", "level") if key in record]
    muscles = [*record.get("primaryMuscles", ()), *record.get("secondaryMuscles", ())]
    facts.append(f"muscles: {_line(muscles)}")
    return "\n".join([record["name"], *record.get("aliases", ()), *_steps(record), *facts])


def questions(records: list[Record], count: int) -> list[str]:
    """Return ``count`` questions, all different, over exercises far apart in the file."""
    shapes = (
        "How do I do the {}?",
        "What is the starting position for the {}?",
        "Which muscles does the {} work?",
        "What equipment do I need for the {}?",
        "how many reps of {}",
        "when do I breathe out in the {}?",
    )
    named = [record["name"] for record in records if _steps(record)]
    step = next(step for step in (389, 397, 401) if len(named) % step)
    order = [named[place * step % len(named)] for place in range(len(named))]
    pairs = (
        (shape, name) for turn in range(len(shapes)) for shape, name in _turn(shapes, order, turn)
    )
    return [shape.format(name) for shape, name in islice(pairs, count)]


def _turn(shapes: tuple[str, ...], names: list[str], turn: int) -> list[tuple[str, str]]:
    return [(shapes[(place + turn) % len(shapes)], name) for place, name in enumerate(names)]


def _steps(record: Record) -> list[str]:
    return list(record.get("instructions", ()))


def _line(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)
