"""``python -m evals.tuning.wishing``: fit the weights by which wishes find their pages.

Each fold's factors were learned without its wishes (see ``evals.tuning.folds``).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, cast

import numpy as np
import typer

from assistant.adapters.low_rank import add_learned
from assistant.adapters.sentence_transformers import load_original
from assistant.ports import Index
from assistant.wishes import FEATURES, candidates
from evals.tuning.corpus import open_library, read_set
from evals.tuning.folds import kept_wishes, learned_without, sets_read
from evals.tuning.ranking import SPREAD, Known, Recoded, fit
from evals.tuning.wishes import Wish

WEIGHTS = Path(__file__).parents[2] / "assistant" / "policy" / "wishes.json"


@dataclass(frozen=True, slots=True)
class Sifted:
    """A wish with the features of every sentence, the page of each, and which are right."""

    wish: Wish
    features: np.ndarray
    pages: tuple[str, ...]
    right: tuple[int, ...]

    def choices(self) -> tuple[np.ndarray, list[int]]:
        """Return features and right rows, without what counts neither way."""
        right = set(self.right)
        kept = [
            at for at, page in enumerate(self.pages) if at in right or page not in self.wish.pages
        ]
        return self.features[kept], [row for row, at in enumerate(kept) if at in right]


def fit_file(
    factors: Annotated[Path, typer.Option(help="Folder of first.safetensors.")],
    further: Annotated[
        bool, typer.Option(help="Also the sets that factors learn from with --further.")
    ] = False,
    data: Annotated[Path, typer.Option(help="Data folder with the index.")] = Path("var"),
    write: Annotated[bool, typer.Option(help="Write policy/wishes.json.")] = False,
) -> None:
    """Fit on the wishes of all folds, and print how one fold does by the others."""
    models = {fold: _model(file) for fold, file in learned_without(factors).items()}
    known: dict[str, Known] = {fold: {} for fold in models}
    folds: dict[str, list[Sifted]] = {fold: [] for fold in models}
    for name in sets_read(further):
        with open_library(name, data) as library:
            taught = read_set(name, library)
            for fold, model in models.items():
                index = Recoded(library.index, model, library, known[fold])
                kept = kept_wishes(name, taught.wishes, fold)
                folds[fold] += _sifted(kept, index, list(library.catalog.titles), taught.units)
    for fold in folds:
        others = [each.choices() for other in folds if other != fold for each in folds[other]]
        print(fold, "by the others:", *found(folds[fold], *fit(others)))
    weights, nothing = fit([each.choices() for fold in folds.values() for each in fold])
    named = {name: round(float(w), 3) for name, w in zip(FEATURES, weights, strict=True)}
    document = json.dumps({"nothing": round(nothing, 3), "weights": named}, indent=1)
    print(document)
    if write:
        WEIGHTS.write_text(document + "\n", "utf-8")


def found(wishes: list[Sifted], weights: np.ndarray, nothing: float) -> Iterator[str]:
    """Yield how often the likeliest page, and one of three, is right; and the spread of odds."""
    first = three = count = 0
    odds: dict[bool, list[float]] = {True: [], False: []}
    for each in wishes:
        powers = np.exp(each.features @ weights - nothing)
        odds[bool(each.right)].append(float(np.log(powers.sum())))
        shares: dict[str, float] = {}
        for page, power in zip(each.pages, powers, strict=True):
            shares[page] = shares.get(page, 0.0) + float(power)
        best = sorted(shares, key=lambda page: -shares[page])[:3]
        if each.right:
            count += 1
            first += best[0] in each.wish.pages
            three += bool(each.wish.pages.intersection(best))
    yield f"{count} wishes, first {first / max(1, count):.3f}, three {three / max(1, count):.3f}"
    for answered, values in odds.items():
        if values:
            spread = " ".join(f"{q:6.2f}" for q in np.quantile(values, SPREAD))
            yield f"\n  {'answered' if answered else 'nowhere':9} {len(values):4} {spread}"


def _model(factors: Path) -> Any:
    model = load_original()
    add_learned(model[0].auto_model, factors)
    return model


def _sifted(wishes: list[Wish], index: Recoded, slugs: list[str], units: Any) -> Iterator[Sifted]:
    own = next(iter(units)).rpartition("/")[0]
    prefix = f"{own}/" if own else ""
    for wish in wishes:
        words = {(page, units[page][at].words) for page, at in wish.right}
        vector = index.encode(wish.text)[0]
        choices = candidates(cast(Index, index), slugs, wish.text, vector)
        pages = tuple(f"{prefix}{each.passage.page}" for each in choices)
        said = zip(pages, (each.text for each in choices), strict=True)
        right = tuple(at for at, pair in enumerate(said) if pair in words)
        features = np.array([each.features for each in choices], dtype=np.float32)
        yield Sifted(wish, features, pages, right)


if __name__ == "__main__":
    typer.run(fit_file)
