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
from evals.tuning.corpus import SETS, Taught, Units, open_library, questions_of, read_set
from evals.tuning.learning import learn, measure, measure_wishes
from evals.tuning.low_rank import save

SEED = 7
HELD_WISHES = 3  # every third wish is measured on, where a set is held out


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
    taught: dict[str, Taught] = {}
    for name in SETS:
        with open_library(name, data) as library:
            taught[name] = read_set(name, library)
    units: Units = {slug: each for one in taught.values() for slug, each in one.units.items()}
    held = [taught.pop(name) for name in held_out.split(",") if name]
    measured = [lesson for one in held for lesson in one.lessons]
    lessons = [lesson for one in taught.values() for lesson in one.lessons]
    wishes = [wish for one in taught.values() for wish in one.wishes]
    kept = wishes[::HELD_WISHES] if held else []
    wishes = [wish for wish in wishes if wish not in kept]
    print(f"{len(lessons)} lessons on {len({each.page for each in lessons})} pages, ", end="")
    print(f"{len(wishes)} wishes; measured: {len(measured)} and {len(kept)}", flush=True)
    model = load_original()
    print("before", measure(model, measured, units), measure_wishes(model, kept, units))
    known = {
        page: each
        for page, each in units.items()
        if page in {x for t in taught.values() for x in t.units}
    }
    for epoch, loss in enumerate(learn(model, lessons, wishes, known, epochs), 1):
        found = measure(model, measured, units), measure_wishes(model, kept, units)
        print(f"epoch {epoch}: loss {loss:.3f}", *found, flush=True)
    digests = {name: digest(questions_of(name)) for name in taught}
    save(model[0].auto_model, out, {"weights_sha256": WEIGHTS_SHA256, **digests})


if __name__ == "__main__":
    typer.run(tune)
