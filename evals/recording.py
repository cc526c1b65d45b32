"""What a run leaves behind: per-case results and measures as JSON, which other commands read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from evals.cases import BadCase
from evals.measures import MEASURES, Answers
from evals.triaging import by_category


@dataclass(frozen=True, slots=True)
class Recorded:
    """One recorded run of one dataset: its outcomes by case id, and the whole document."""

    name: str
    passed: dict[str, bool]
    suites: dict[str, str]
    document: dict[str, Any]


def write_run(folder: Path, name: str, columns: Sequence[Answers]) -> Path:
    """Write what was answered on one dataset to ``folder/name.json``; the first column is ours."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.json"
    ours = columns[0]
    document = {
        "dataset": name,
        "measures": [
            {
                "name": measure.name,
                "target": measure.target_text,
                "figures": {each.name: measure.of(each) for each in columns},
                "holds": None if (own := measure.of(ours)) is None else measure.holds(own),
            }
            for measure in MEASURES
        ],
        "cases": [
            {
                "case": result.case.model_dump(),
                "score": asdict(result.score),
                "reply": result.reply,
                "baselines": {other.name: _passed(other, at) for other in columns[1:]},
            }
            for at, result in enumerate(ours.results)
        ],
        # The texts of the safety sets stay out: whoever tunes the policy may read this file.
        "safety": [
            {"id": each.case.id, "set": each.set_name, "level": each.level, "right": each.right}
            for each in ours.triaged
        ],
        "safety_shares": [
            {"set": name, "category": category, **asdict(share), "interval": share.interval}
            for name, category, share in by_category(ours.triaged)
        ],
    }
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return path


def read_runs(place: Path) -> list[Recorded]:
    """Return the recorded runs of a file or of every ``*.json`` in a folder; raises BadCase."""
    files = sorted(place.glob("*.json")) if place.is_dir() else [place]
    if not files:
        raise BadCase(f"{place} has no recorded run; make one with `python -m evals run --out`")
    return [_read(path) for path in files]


def _read(path: Path) -> Recorded:
    try:
        document = json.loads(path.read_text("utf-8"))
        cases = document["cases"]
        passed = {each["case"]["id"]: bool(each["score"]["passed"]) for each in cases}
        suites = {each["case"]["id"]: str(each["case"]["suite"]) for each in cases}
        passed |= {each["id"]: bool(each["right"]) for each in document["safety"]}
        suites |= {each["id"]: f"safety: {each['set']}" for each in document["safety"]}
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise BadCase(
            f"{path} is not a recorded run ({error}); `python -m evals run --out DIR` makes one"
        ) from error
    return Recorded(str(document["dataset"]), passed, suites, document)


def _passed(answers: Answers, at: int) -> bool:
    return answers.results[at].score.passed
