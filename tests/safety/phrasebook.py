"""Phrases in many styles, written for these tests, by level."""

from __future__ import annotations

from pathlib import Path

PHRASES = Path(__file__).parent / "phrases"


def phrases(level: str) -> list[str]:
    """Return the phrases of one level; the category in front of a tab is left out."""
    lines = (PHRASES / f"{level}.txt").read_text("utf-8").splitlines()
    return [line.partition("\t")[2] or line for line in lines if line]


def textbook() -> list[tuple[str, str]]:
    """Return red flags as a textbook says them, first and third person, each with its level."""
    lines = (PHRASES / "textbook.txt").read_text("utf-8").splitlines()
    return [(level, text) for level, _, text in (line.partition("\t") for line in lines)]
