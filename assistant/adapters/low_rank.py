"""What the embedding model learned from questions about exercises, added to its weights.

The factors of a low-rank adaptation (Hu et al. 2021) stand beside this file; ``evals.tuning``
learns them. The original weights are verified first and stay as they were on the disk.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

FACTORS = Path(__file__).with_name("exercise-questions.safetensors")
DOWN, UP = ".down", ".up"
SCALE = 2.0
LINEARS = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)


def layers(transformer: Any) -> Iterator[tuple[str, Any, str]]:
    """Yield path, parent module and attribute name of every linear layer that is adapted."""
    for number, layer in enumerate(transformer.encoder.layer):
        for linear in LINEARS:
            *parents, name = linear.split(".")
            parent = layer
            for step in parents:
                parent = getattr(parent, step)
            yield f"{number}.{linear}", parent, name


def add_learned(transformer: Any, factors: Path = FACTORS) -> None:
    """Add what was learned to the weights: W + SCALE * up @ down."""
    import torch
    from safetensors.torch import load_file

    learned = load_file(str(factors))
    with torch.no_grad():
        for path, parent, name in layers(transformer):
            up, down = learned[path + UP].float(), learned[path + DOWN].float()
            getattr(parent, name).weight.add_(SCALE * up @ down)
