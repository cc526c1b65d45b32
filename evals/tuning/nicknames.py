"""How names that pages tell are found, learned: ``python -m evals.tuning.nicknames``.

Learned from ``datasets/nicknames.jsonl``: passages with the names that they give the exercise of
their title, and the other exercises that they mention. Each writer's passages are measured by
weights of the others'; ``nicknames-test.jsonl`` is by a writer that nothing was learned from.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from assistant.embedding import TokenStates
from assistant.exported_model import exported_model
from assistant.nicknames.spans import Candidate, candidates
from assistant.nicknames.tagging import KINDS, WEIGHTS, chosen, seen
from assistant.pages.characters import stems
from evals.tuning.corpus import DATASETS

LEARNED = DATASETS / "nicknames.jsonl"
TESTED = DATASETS / "nicknames-test.jsonl"
SCALE = 0.15  # of states beside signs
STRENGTH = 0.3  # the inverse of what keeps weights small
STEPS = 200
KEPT = 0.35  # share of the candidates that are none to learn from
SEED = 7


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """A labelled passage with its candidates, their states and kinds (positions in KINDS)."""

    writer: str
    names: frozenset[str]
    texts: list[str]
    found: list[Candidate]
    states: np.ndarray
    kinds: np.ndarray


def fit_file(
    data: Annotated[Path, typer.Option(help="Data folder with the model.")] = Path("var"),
    write: Annotated[bool, typer.Option(help="Write nicknames/weights.npz.")] = False,
) -> None:
    """Fit on all passages, and print how well names are found in those not learned from."""
    states = TokenStates(exported_model(data))
    learned = [example(case, states) for case in read(LEARNED)]
    tested = [example(case, states) for case in read(TESTED)]
    likely: dict[int, np.ndarray] = {}
    for writer in sorted({each.writer for each in learned}):
        model = fit([each for each in learned if each.writer != writer])
        for at, each in enumerate(learned):
            if each.writer == writer:
                likely[at] = model.likelihoods(each)
    print("threshold, then recall and precision: writers by the others'; the test's")
    model = fit(learned)
    for least in (0.3, 0.4, 0.5, 0.6, 0.7):
        by_others = measured(learned, [likely[at] for at in range(len(learned))], least)
        on_test = measured(tested, [model.likelihoods(each) for each in tested], least)
        print(least, *(f"{share:.3f}" for share in (*by_others, *on_test)))
    if write:
        np.savez_compressed(WEIGHTS, allow_pickle=False, **model.arrays())


def read(path: Path) -> list[dict[str, object]]:
    """Return the labelled passages of a file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line]


def example(case: dict[str, object], states: TokenStates) -> Example:
    """Return a passage with what is seen of its candidates."""
    title, text = str(case["title"]), str(case["text"])
    names, others = (list(map(str, case[key])) for key in ("names", "others"))  # type: ignore[call-overload]
    found = list(candidates(title, text))
    kinds = dict.fromkeys(spans(text, names), 1) | dict.fromkeys(spans(text, others), 2)
    return Example(
        str(case.get("writer", "")),
        frozenset(map(folded, names)),
        [text[each.start : each.end] for each in found],
        found,
        seen(title, text, found, states.of).astype(np.float16),
        np.array([kinds.get((each.start, each.end), 0) for each in found]),
    )


def spans(text: str, names: Iterable[str]) -> list[tuple[int, int]]:
    """Return where names stand in a text as whole words."""
    return [
        match.span()
        for name in names
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)
    ]


def folded(name: str) -> str:
    """Return a name so that spelling and plural do not matter."""
    return "".join(stems(name))


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """The weights, as ``assistant.nicknames.tagging`` reads them."""

    signs: dict[str, int]
    of_signs: np.ndarray
    of_states: np.ndarray
    bias: np.ndarray

    def likelihoods(self, each: Example) -> np.ndarray:
        """Return how likely each candidate of an example is of each kind."""
        scores = each.states.astype(np.float32) @ self.of_states + self.bias
        scores = scores + signs_of([each], self.signs) @ self.of_signs
        powers = np.exp(scores - scores.max(axis=1, keepdims=True)) if len(scores) else scores
        likely: np.ndarray = powers / powers.sum(axis=1, keepdims=True)
        return likely

    def arrays(self) -> dict[str, np.ndarray]:
        """Return what is stored."""
        return {
            "signs": np.array(list(self.signs)),
            "of_signs": self.of_signs.astype(np.float32),
            "of_states": self.of_states.astype(np.float16),
            "bias": self.bias.astype(np.float32),
        }


def fit(examples: Sequence[Example]) -> Fitted:
    """Return the weights fitted on examples; of candidates that are none a share is enough."""
    kinds = np.concatenate([each.kinds for each in examples])
    kept = np.where((kinds > 0) | (np.random.default_rng(SEED).random(len(kinds)) < KEPT))[0]
    names = sorted({sign for each in examples for c in each.found for sign in c.signs})
    signs = {name: at for at, name in enumerate(names)}
    states = np.concatenate([each.states for each in examples])[kept].astype(np.float32)
    mean, spread = states.mean(axis=0), states.std(axis=0) + 1e-6
    beside = csr_matrix((states - mean) / spread * SCALE)
    model = LogisticRegression(C=STRENGTH, max_iter=STEPS)
    model.fit(hstack([signs_of(examples, signs)[kept], beside]).tocsr(), kinds[kept])
    assert len(model.classes_) == len(KINDS)
    of_states = (model.coef_[:, len(signs) :] * SCALE / spread).T
    bias = model.intercept_ - mean @ of_states
    return Fitted(signs, model.coef_[:, : len(signs)].T, of_states, bias)


def signs_of(examples: Sequence[Example], signs: dict[str, int]) -> csr_matrix:
    """Return the signs of all candidates, shape (candidates, signs)."""
    rows = [
        [signs[sign] for sign in set(c.signs) if sign in signs]
        for each in examples
        for c in each.found
    ]
    columns = [at for row in rows for at in row]
    ends = np.cumsum([0, *map(len, rows)])
    return csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(rows), len(signs)))


def measured(
    examples: Sequence[Example], likely: Sequence[np.ndarray], least: float
) -> tuple[float, float]:
    """Return recall and precision of the names that are found in the passages."""
    right = found = wanted = 0
    for each, likelihoods in zip(examples, likely, strict=True):
        names = {folded(each.texts[at]) for at in chosen(each.found, likelihoods, least)}
        right += len(names & each.names)
        found += len(names)
        wanted += len(each.names)
    return right / max(1, wanted), right / max(1, found)


if __name__ == "__main__":
    typer.run(fit_file)
