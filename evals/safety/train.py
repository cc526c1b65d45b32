"""``python -m evals.safety.train``: teach the learned judge from the labelled messages.

Prints what cross-validation says of the rules alone and of rules and judge together; with
``--write`` it then writes ``assistant/safety/learned.npz`` and ``learned.json``. The plain command
learns from what the weights that serve learned from, and keeps their thresholds. Takes half
an hour with ``--held``, several times that with folds.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from hashlib import sha256
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from assistant.embedding import OnnxEmbeddings
from assistant.exported_model import exported_model
from assistant.safety.learned import Floats, Learned
from evals.safety.choosing import (
    SET_BY_HAND,
    categories_right,
    cross_validated,
    judged_by,
    level_of,
    thresholds,
)
from evals.safety.fitting import fit
from evals.safety.measuring import Outcome, counted, printed
from evals.safety.phrases import read_phrases, training_files
from evals.safety.samples import Embed, sample

SAFETY = Path(__file__).parents[2] / "assistant" / "safety"

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def train(
    data: Annotated[Path, typer.Option(help="Data folder with the embedding model.")] = Path("var"),
    more: Annotated[list[Path] | None, typer.Option(help="Further files to learn from.")] = None,
    held: Annotated[
        list[Path] | None, typer.Option(help="Measure on these, not by folds: quicker.")
    ] = None,
    choose: Annotated[
        bool, typer.Option(help="Choose thresholds by what is measured, not those set by hand.")
    ] = False,
    misses: Annotated[bool, typer.Option(help="Print each miss of cross-validation.")] = False,
    write: Annotated[bool, typer.Option(help="Write the weights.")] = False,
    out: Annotated[Path, typer.Option(help="Folder to write them to.")] = SAFETY,
) -> None:
    """Fit on everything, measure by cross-validation, and with --write write the weights."""
    files = [*training_files(), *(more or ())]
    samples = [each for each in map(sample, read_phrases(files)) if each.windows]
    model = OnnxEmbeddings(exported_model(data))
    embed = remembered(model)
    learned = fit(samples, embed, model.model_id)
    if held:
        kept = [each for each in map(sample, read_phrases(held)) if each.windows]
        judged = [judged_by(learned, each, embed) for each in kept]
    else:
        judged = cross_validated(samples, embed, model.model_id)
    limits = thresholds(judged) if choose else SET_BY_HAND
    learned = replace(learned, thresholds=limits)
    rules = [Outcome(each.sample.phrase, each.rules) for each in judged]
    both = [Outcome(each.sample.phrase, level_of(each, learned, limits)) for each in judged]
    print(f"{len(samples)} messages, thresholds {asdict(limits)}")
    print("Rules alone:", *printed(rules), sep="\n")
    print("Rules and judge, on messages not learned from:", *printed(both, misses=misses), sep="\n")
    told = categories_right(judged)
    print("Categories, right and all, on messages not learned from:", told)
    if write:
        written(learned, out, files, {"unseen_messages": counted(both), "unseen_categories": told})


def remembered(model: OnnxEmbeddings) -> Embed:
    """Return the model's vectors, each text embedded once."""
    known: dict[str, Floats] = {}

    def embed(text: str) -> Floats:
        if text not in known:
            known[text] = np.asarray(model.embed_query(text), np.float32)
        return known[text]

    return embed


def written(
    learned: Learned, out: Path, files: Sequence[Path], figures: Mapping[str, object]
) -> None:
    """Write weights and manifest."""
    names = "\n".join(sorted(learned.vocabulary, key=learned.vocabulary.__getitem__))
    arrays = {
        name: getattr(learned, name).astype(np.float16)
        for name in ("words_alone", "words_beside", "embedding")
    }
    for level, known in learned.categories.items():
        for part in ("words", "embedding", "bias"):
            arrays[f"{level}_{part}"] = getattr(known, part).astype(np.float16)
    np.savez_compressed(
        out / "learned.npz",
        vocabulary=np.frombuffer(names.encode(), np.uint8),
        bias_alone=learned.bias_alone,
        bias_beside=learned.bias_beside,
        **arrays,
    )
    manifest = {
        "model_id": learned.model_id,
        "trained_on": {f.name: f"sha256:{sha256(f.read_bytes()).hexdigest()}" for f in files},
        "thresholds": asdict(learned.thresholds),
        "categories": {level: list(known.names) for level, known in learned.categories.items()},
        **figures,
    }
    (out / "learned.json").write_text(json.dumps(manifest, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    app()
