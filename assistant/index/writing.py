"""Writing the canonical files of a generation, and sealing all of its files by the manifest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.domain import Page
from assistant.index.contents import Contents
from assistant.index.manifest import (
    SCHEMA,
    STORE,
    UNITS,
    VECTORS,
    Manifest,
    corpus_hash,
    describe_files,
    write_manifest,
)
from assistant.index.records import Source
from assistant.index.store import write_store
from assistant.ports import Vectors


@dataclass(frozen=True, slots=True)
class Embedded:
    """The matrices in row order, and which texts the model was given for them."""

    passages: Vectors
    units: NDArray[np.float16]
    fresh: frozenset[bytes]


def write_canonical(
    folder: Path, contents: Contents, embedded: Embedded, sources: Sequence[Source]
) -> None:
    """Write store, vectors and unit vectors into a building."""
    np.save(folder / VECTORS, embedded.passages)
    np.save(folder / UNITS, embedded.units)
    write_store(folder / STORE, contents.pages, contents.entries, sources)


def seal(
    folder: Path,
    number: int,
    pages: Sequence[Page],
    embedded: Embedded,
    *,
    model_id: str,
    reader: str,
) -> None:
    """Write the manifest of a building whose other files are complete and synced."""
    manifest = Manifest(
        schema=SCHEMA,
        generation=number,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        model=model_id,
        dimensions=int(embedded.passages.shape[1]),
        pages=len(pages),
        passages=len(embedded.passages),
        units=len(embedded.units),
        corpus=corpus_hash(pages),
        reader=reader,
        files=describe_files(folder),
    )
    write_manifest(folder, manifest)
