"""``python -m evals.tuning``: learn the factors of the embedding model from the dev questions.

It learns from the sets that the factors which serve have learned from; ``--further`` adds others.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import numpy as np
import torch
import typer

from assistant.adapters.low_rank import FACTORS
from assistant.adapters.sentence_transformers import WEIGHTS_SHA256, load_original
from assistant.exported_model import digest
from evals.tuning.corpus import Taught, Units, open_library, questions_of, read_set
from evals.tuning.folds import FOLDS, held_sets, kept_wishes, sets_read
from evals.tuning.learning import learn, measure, measure_wishes
from evals.tuning.low_rank import save

SEED = 7


def tune(
    epochs: Annotated[int, typer.Option(help="Times that every page is learned from.")] = 4,
    fold: Annotated[str, typer.Option(help="What is held out and measured on.")] = "kept",
    out: Annotated[Path, typer.Option(help="Where the factors go.")] = FACTORS,
    start: Annotated[
        Path | None, typer.Option(help="Factors to go on from, learned without the fold.")
    ] = None,
    further: Annotated[bool, typer.Option(help="Learn from the sets read since then too.")] = False,
    data: Annotated[Path, typer.Option(help="Data folder with the index of corpus/.")] = Path(
        "var"
    ),
) -> None:
    """Learn from the development sets and write the factors."""
    for seed in (random.seed, np.random.seed, torch.manual_seed):
        seed(SEED)
    if fold not in FOLDS:
        raise typer.BadParameter(f"{fold} is no fold; there are: {', '.join(FOLDS)}")
    taught = {name: _read(name, data) for name in sets_read(further)}
    units = _units(taught)
    kept = [w for name, one in taught.items() for w in kept_wishes(name, one.wishes, fold)]
    held = {name: taught.pop(name) for name in held_sets(fold)}
    measured = [lesson for name in FOLDS[fold] for lesson in held[name].lessons]
    lessons = [lesson for one in taught.values() for lesson in one.lessons]
    wishes = [w for one in taught.values() for w in one.wishes if w not in kept]
    print(f"{len(lessons)} lessons on {len({each.page for each in lessons})} pages, ", end="")
    print(f"{len(wishes)} wishes; measured: {len(measured)} and {len(kept)}", flush=True)
    model = load_original()
    for epoch, loss in enumerate(learn(model, lessons, wishes, _units(taught), epochs, start), 1):
        print(f"epoch {epoch}: loss {loss:.3f}", flush=True)
    print(measure(model, measured, units), measure_wishes(model, kept, units))
    digests = {name: digest(questions_of(name)) for name in taught}
    begun = {"start": digest(start)} if start else {}
    save(model[0].auto_model, out, {"weights_sha256": WEIGHTS_SHA256, **begun, **digests})


def _read(name: str, data: Path) -> Taught:
    with open_library(name, data) as library:
        return read_set(name, library)


def _units(taught: Mapping[str, Taught]) -> Units:
    return {slug: each for one in taught.values() for slug, each in one.units.items()}


if __name__ == "__main__":
    typer.run(tune)
