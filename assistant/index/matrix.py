"""Rows of a ``.npy`` matrix read straight from the file.

Reading with ``pread`` instead of mapping the file keeps the process alive when somebody
truncates a file that is open (a mapped page beyond the end kills the process with SIGBUS).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from assistant.errors import IndexDamaged
from assistant.ports import Vectors


class Matrix:
    """A two-dimensional float matrix in a file; rows come out as float32."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with path.open("rb") as file:
            npy.read_magic(file)
            self.shape, _, self._dtype = npy.read_array_header_1_0(file)
            self._offset = file.tell()
            self._descriptor = os.dup(file.fileno())
        self._row_bytes = self.shape[1] * self._dtype.itemsize

    def close(self) -> None:
        """Give the file back."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def rows(self, rows: Sequence[int]) -> Vectors:
        """Return these rows in the order asked, shape (len(rows), dimensions)."""
        if isinstance(rows, range) and rows.step == 1:
            return self.slab(rows.start, len(rows))
        out = np.empty((len(rows), self.shape[1]), np.float32)
        for place, row in enumerate(rows):
            out[place] = self.slab(row, 1)[0]
        return out

    def slab(self, first: int, count: int) -> Vectors:
        """Return ``count`` rows from ``first`` on."""
        return np.asarray(self.raw(first, count), np.float32)

    def raw(self, first: int, count: int) -> NDArray[np.floating]:
        """Return rows in the precision of the file."""
        if not 0 <= first <= first + count <= self.shape[0]:
            raise IndexError(f"rows {first} to {first + count} of {self.shape[0]}")
        wanted = count * self._row_bytes
        parts = []
        at = self._offset + first * self._row_bytes
        while wanted:
            part = os.pread(self._descriptor, min(wanted, 1 << 30), at)
            if not part:
                raise IndexDamaged(f"{self._path} ends too early.", "Run ingest again.")
            parts.append(part)
            at += len(part)
            wanted -= len(part)
        flat = np.frombuffer(b"".join(parts), self._dtype)
        return flat.reshape(count, self.shape[1])

    @cached_property
    def whole(self) -> Vectors:
        """Return the whole matrix, read once and then kept in memory."""
        return self.slab(0, self.shape[0])
