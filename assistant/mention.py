"""An exercise that a text names, and how surely."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

# full: a whole name; part: enough of one; weak: too little to count where another is in sight.
Strength = Literal["full", "part", "weak", "unknown"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of a text that names an exercise; no slugs means that it has no page."""

    start: int
    end: int
    name: str
    slugs: tuple[str, ...]
    strength: Strength
    ends_in_head: bool = False
    telling: bool = False  # its words name nothing but the exercise, as "pigeon" does
    unusual: bool = False  # one word of a name that stands for it, as "goldfish" does
