"""Ways to damage a file, as disks and people do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

Damage = Callable[[Path], object]


def truncate(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2] if content else b"\0")


def empty(path: Path) -> None:
    """Make it empty; an empty file gets a byte instead."""
    path.write_bytes(b"" if path.stat().st_size else b"\0")


def zero(path: Path) -> None:
    """Overwrite a stretch in the middle with zeros, or with ones where it is zero already."""
    _overwrite(path, lambda byte: 0)


def flip(path: Path) -> None:
    """Change one bit in the middle."""
    _overwrite(path, lambda byte: byte ^ 1, length=1)


def noise(path: Path) -> None:
    """Overwrite the whole file with other bytes."""
    _overwrite(path, lambda byte: (byte * 7 + 13) % 256, length=1 << 30)


def unlink(path: Path) -> None:
    path.unlink()


def _overwrite(path: Path, change: Callable[[int], int], length: int = 64) -> None:
    content = bytearray(path.read_bytes())
    middle = 0 if length > len(content) else len(content) // 2
    before = bytes(content)
    for place in range(middle, min(middle + length, len(content))):
        content[place] = change(content[place])
    if bytes(content) == before:
        content += b"\x01"
    path.write_bytes(content)


def grow(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"more")


DAMAGES: tuple[Damage, ...] = (truncate, empty, zero, flip, noise, unlink, grow)
