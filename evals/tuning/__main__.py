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
from assistant.weights import digest
from evals.tuning.corpus import SETS, Units, open_library, questions_of, read_lessons
from evals.tuning.learning import learn, measure
from evals.tuning.lessons import Lesson
from evals.tuning.low_rank import save

SEED = 7


def tune(
    epochs: Annotated[int, typer.Option(help="Times that every page is learned from.")] = 4,
    held_out: Annotated[str, typer.Option(help="Sets to measure on instead, by comma.")] = "",
    out: Annotated[Path, typer.Option(help="Where the factors go.")] = FACTORS,
    data: Annotated[Path, typer.Option(help="Data folder with the index of corpus/.")] = Path(
        "var"
    ),
) -> None:
    """Learn from the development sets and write the factors."""
    for seed in (random.seed, np.random.seed, torch.manual_seed):
        seed(SEED)
    taught: dict[str, list[Lesson]] = {}
    units: Units = {}
    for name in SETS:
        with open_library(name, data) as library:
            taught[name], pages = read_lessons(name, library)
            units.update(pages)
    held = [name for name in held_out.split(",") if name]
    measured = [lesson for name in held for lesson in taught.pop(name)]
    lessons = [lesson for each in taught.values() for lesson in each]
    print(f"{len(lessons)} lessons on {len({each.page for each in lessons})} pages")
    model = load_original()
    print("before", measure(model, measured, units))
    for epoch, loss in enumerate(learn(model, lessons, units, epochs), 1):
        print(f"epoch {epoch}: loss {loss:.3f}", measure(model, measured, units), flush=True)
    digests = {name: digest(questions_of(name)) for name in taught}
    save(model[0].auto_model, out, {"weights_sha256": WEIGHTS_SHA256, **digests})


if __name__ == "__main__":
    typer.run(tune)
