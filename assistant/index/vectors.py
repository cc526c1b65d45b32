"""Embeddings of the next generation: taken from the last one where a text did not change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.errors import AssistantError, IndexDamaged
from assistant.index.matrix import Matrix
from assistant.index.records import Entry
from assistant.ports import Embeddings, Vectors

BATCH = 64

Tick = Callable[[int, int], None]


def no_tick(done: int, total: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Known:
    """Where earlier embeddings stand: digest of a text to its row; empty when there are none."""

    passages: Mapping[bytes, int]
    units: Mapping[bytes, int]
    vectors: Matrix | None = None
    unit_vectors: Matrix | None = None


NOTHING_KNOWN = Known({}, {})


def known_vectors(entries: Iterable[Entry], vectors: Matrix, units: Matrix) -> Known:
    """Return the embeddings of an earlier generation, whose entries come in the order of rows."""
    passages: dict[bytes, int] = {}
    unit_rows: dict[bytes, int] = {}
    unit = 0
    for row, entry in enumerate(entries):
        passages[entry.digest] = row
        for digest in entry.unit_digests:
            unit_rows[digest] = unit
            unit += 1
    return Known(passages, unit_rows, vectors, units)


def missing_texts(
    entries: Iterable[Entry], texts: Mapping[bytes, str], known: Known
) -> dict[bytes, str]:
    """Return the texts that no earlier generation has embedded, each once."""
    missing: dict[bytes, str] = {}
    for entry in entries:
        if entry.digest not in known.passages:
            missing[entry.digest] = texts[entry.digest]
        for digest in entry.unit_digests:
            if digest not in known.units:
                missing[digest] = texts[digest]
    return missing


def embed(texts: Sequence[str], model: Embeddings, tick: Tick = no_tick) -> Vectors:
    """Return unit-length vectors, shape (len(texts), dimensions), in the order of the texts.

    Texts of like length share a batch, as a model pads each batch to its longest text. Raises
    IndexDamaged when the model does not give one finite vector a text.
    """
    order = sorted(range(len(texts)), key=lambda place: len(texts[place]), reverse=True)
    out: Vectors | None = None
    for first in range(0, len(order), BATCH):
        places = order[first : first + BATCH]
        batch = _embed_batch([texts[place] for place in places], model)
        if out is None:
            out = np.empty((len(texts), batch.shape[1]), np.float32)
        if batch.shape[1] != out.shape[1]:
            raise _bad(f"vectors of {batch.shape[1]} and of {out.shape[1]} numbers")
        out[places] = batch
        tick(first + len(places), len(texts))
    return np.empty((0, 0), np.float32) if out is None else out


def assemble(
    entries: Sequence[Entry], known: Known, fresh: Mapping[bytes, int], vectors: Vectors
) -> tuple[Vectors, NDArray[np.float16]]:
    """Return the passages' vectors (float32) and the units' vectors (float16), in row order.

    ``fresh`` maps the digest of a text embedded now to its row in ``vectors``.
    """
    if known.vectors and len(vectors) and vectors.shape[1] != known.vectors.shape[1]:
        raise _bad(f"{vectors.shape[1]} numbers a vector where it gave {known.vectors.shape[1]}")
    digests = [entry.digest for entry in entries]
    units = [digest for entry in entries for digest in entry.unit_digests]
    passages = _gather(digests, known.passages, known.vectors, fresh, vectors, np.float32)
    return passages, _gather(units, known.units, known.unit_vectors, fresh, vectors, np.float16)


def _gather(
    digests: Sequence[bytes],
    rows: Mapping[bytes, int],
    earlier: Matrix | None,
    fresh: Mapping[bytes, int],
    vectors: Vectors,
    kind: type[np.floating],
) -> NDArray[np.floating]:
    width = vectors.shape[1] if len(vectors) else earlier.shape[1] if earlier else 0
    out = np.empty((len(digests), width), kind)
    places = [place for place, digest in enumerate(digests) if digest in fresh]
    if places:
        out[places] = vectors[[fresh[digests[place]] for place in places]]
    if earlier is not None:
        old = earlier.raw(0, earlier.shape[0])
        places = [place for place, digest in enumerate(digests) if digest not in fresh]
        out[places] = old[[rows[digests[place]] for place in places]]
    return out


def _embed_batch(texts: list[str], model: Embeddings) -> Vectors:
    try:
        vectors = np.asarray(model.embed_documents(texts), np.float32)
    except AssistantError:
        raise
    except Exception as error:  # any library may stand behind LangChain's interface
        raise _bad(f"no vectors but {type(error).__name__}: {error}") from error
    if vectors.ndim != 2 or len(vectors) != len(texts):
        raise _bad(f"an array of shape {vectors.shape} for {len(texts)} texts")
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    if not np.isfinite(lengths).all() or not lengths.all():
        raise _bad("a vector that is zero or not finite")
    return np.asarray(vectors / lengths, np.float32)


def _bad(what: str) -> IndexDamaged:
    return IndexDamaged(
        f"The embedding model gave {what}, so nothing was published.",
        "Check ASSISTANT_EMBEDDINGS and the model's own settings.",
    )
