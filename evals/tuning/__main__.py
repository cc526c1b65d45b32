"""``python -m evals.tuning``: learn the factors of the embedding model from the dev questions."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Annotated

import numpy as np
import torch
import typer

from assistant.adapters.low_rank import FACTORS
from assistant.adapters.sentence_transformers import WEIGHTS_SHA256, load_original
from assistant.library import Library
from assistant.weights import digest
from evals.cases import read_cases
from evals.tuning.corpus import open_library
from evals.tuning.learning import learn, measure
from evals.tuning.lessons import Lesson, lessons_of, units_of
from evals.tuning.low_rank import save

DATASETS = Path(__file__).parents[1] / "datasets"
SETS = ("dev", "dev2", "dev3")
SEED = 7


def tune(
    epochs: Annotated[int, typer.Option(help="Times that every page is learned from.")] = 4,
    held_out: Annotated[str, typer.Option(help="A set to measure on instead of learning.")] = "",
    out: Annotated[Path, typer.Option(help="Where the factors go.")] = FACTORS,
    data: Annotated[Path, typer.Option(help="Data folder with the index of corpus/.")] = Path(
        "var"
    ),
) -> None:
    """Learn from the development sets and write the factors."""
    for seed in (random.seed, np.random.seed, torch.manual_seed):
        seed(SEED)
    with open_library(data) as library:
        slugs = library.catalog.titles
        units = {slug: units_of(library.page(slug)) for slug in slugs}
        taught = {name: _lessons(name, library, units) for name in SETS}
    measured = taught.pop(held_out, [])
    lessons = [lesson for each in taught.values() for lesson in each]
    print(f"{len(lessons)} lessons on {len({each.page for each in lessons})} pages")
    model = load_original()
    print("before", measure(model, measured, units))
    for epoch, loss in enumerate(learn(model, lessons, units, epochs), 1):
        print(f"epoch {epoch}: loss {loss:.3f}", measure(model, measured, units), flush=True)
    digests = {name: digest(DATASETS / f"{name}.jsonl") for name in taught}
    save(model[0].auto_model, out, {"weights_sha256": WEIGHTS_SHA256, **digests})


def _lessons(name: str, library: Library, units: dict[str, list]) -> list[Lesson]:  # type: ignore[type-arg]
    return lessons_of(read_cases(DATASETS / f"{name}.jsonl"), library, units)


if __name__ == "__main__":
    typer.run(tune)
