"""Low-rank adaptation (Hu et al. 2021): the model's weights stay, small factors are learned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file

from assistant.adapters.low_rank import DOWN, SCALE, UP, layers

RANK = 16
MOST_TOKENS = 128
TOGETHER = 16  # texts that go through the model at once


class Adapted(torch.nn.Module):
    """A linear layer x -> Wx + SCALE * up(down(x)); it starts as the layer itself."""

    def __init__(self, linear: Any) -> None:
        super().__init__()
        self.linear = linear
        self.down = torch.nn.Parameter(torch.randn(RANK, linear.in_features) * 0.1 / RANK**0.5)
        self.up = torch.nn.Parameter(torch.zeros(linear.out_features, RANK))

    def forward(self, x: Any) -> Any:
        """Return what the layer gives with what was learned."""
        return self.linear(x) + SCALE * (x @ self.down.T) @ self.up.T


def adapt(transformer: Any) -> list[Any]:
    """Freeze a transformer, adapt its linear layers in place, and return what is to be learned."""
    for parameter in transformer.parameters():
        parameter.requires_grad_(False)
    learned: list[Any] = []
    for _, parent, name in layers(transformer):
        adapted = Adapted(getattr(parent, name))
        setattr(parent, name, adapted)
        learned += [adapted.down, adapted.up]
    return learned


def begin_with(transformer: Any, path: Path) -> None:
    """Let an adapted transformer go on from the factors of a file, in place."""
    known = load_file(str(path))
    with torch.no_grad():
        for name, factor in factors(transformer):
            factor.copy_(known[name])


def factors(transformer: Any) -> Iterator[tuple[str, Any]]:
    """Yield the name and the tensor of every learned factor."""
    for path, parent, name in layers(transformer):
        adapted = getattr(parent, name)
        yield path + DOWN, adapted.down
        yield path + UP, adapted.up


def save(transformer: Any, path: Path, metadata: dict[str, str]) -> None:
    """Write the factors in half precision, with what they were learned from."""
    tensors = {name: f.detach().half().contiguous() for name, f in factors(transformer)}
    save_file(tensors, str(path), metadata)


def encode(model: Any, texts: Sequence[str]) -> Any:
    """Return unit vectors of texts as a tensor that can be learned through.

    Texts of about the same length go through the model together: little is padded so.
    """
    tokens = [model.tokenizer(text, truncation=True, max_length=MOST_TOKENS) for text in texts]
    order = sorted(range(len(texts)), key=lambda at: len(tokens[at]["input_ids"]))
    found: list[Any] = [None] * len(texts)
    for start in range(0, len(order), TOGETHER):
        places = order[start : start + TOGETHER]
        batch = model.tokenizer.pad([tokens[at] for at in places], return_tensors="pt")
        states = model[0].auto_model(**batch).last_hidden_state
        mask = batch["attention_mask"].unsqueeze(-1)
        for at, vector in zip(places, (states * mask).sum(1) / mask.sum(1), strict=True):
            found[at] = vector
    return torch.nn.functional.normalize(torch.stack(found), dim=1)
