"""``python -m evals.safety``: recall, bounds and false alarms of the safety layer on labelled sets.

Misses are printed with ``--misses`` only, so that frozen sets can be run without being read.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.embedding import OnnxEmbeddings
from assistant.exported_model import exported_model
from assistant.safety import SafetyLayer
from evals.safety.bounds import interval
from evals.safety.measuring import ALARMS, Assess, outcomes, printed
from evals.safety.mutating import MUTATIONS
from evals.safety.phrases import SETS, Phrase, read_phrases

FROZEN = ("emergency", "stop", "crisis", "support", "harmless")

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def measure(
    sets: Annotated[list[Path] | None, typer.Argument(help="Files; default: the frozen.")] = None,
    data: Annotated[Path, typer.Option(help="Data folder with the embedding model.")] = Path("var"),
    mutations: Annotated[bool, typer.Option(help="Also under each mutation.")] = False,
    misses: Annotated[bool, typer.Option(help="Print each miss verbatim.")] = False,
) -> None:
    """Print what the whole layer gives to the messages of some sets."""
    phrases = read_phrases(sets or [SETS / f"{name}.jsonl" for name in FROZEN])
    model = OnnxEmbeddings(exported_model(data))
    layer = SafetyLayer(model.embed_documents, model.model_id)
    print(*printed(outcomes(phrases, layer), misses=misses), sep="\n")
    if mutations:
        print(*mutated(phrases, layer), sep="\n")


def mutated(phrases: list[Phrase], layer: Assess) -> list[str]:
    """Return a line a mutation: of the alarming messages that are found, how many still are."""
    found = [
        each.phrase
        for each in outcomes([p for p in phrases if p.level in ALARMS], layer)
        if each.right
    ]
    lines = []
    for name, change in MUTATIONS.items():
        changed = [Phrase(change(p.turns), p.level, p.category) for p in found]
        kept = sum(each.right for each in outcomes(changed, layer))
        low, high = interval(kept, len(found))
        share = kept / len(found) if found else 0.0
        lines.append(f"{name:26} kept {kept}/{len(found)} = {share:.3f} [{low:.3f}, {high:.3f}]")
    return lines


if __name__ == "__main__":
    app()
