"""Pages of many layouts, by the labels that whoever wrote them put beside each."""

from __future__ import annotations

from collections import Counter

import pytest

from evals.tuning.layouts import LAYOUTS, compared, labelled


@pytest.mark.parametrize(
    ("folder", "restrictions", "instructions", "furniture"),
    # Leaflets and records are the hardest that two writers could think of.
    [("ordinary", 0.88, 0.75, 0.88), ("leaflets", 0.45, 0.40, 0.90), ("records", 0.40, 0.60, 0.90)],
)
def test_most_lines_are_read_as_what_they_are(
    folder: str, restrictions: float, instructions: float, furniture: float
) -> None:
    found = [each for page, labels in labelled(LAYOUTS / folder) for each in compared(page, labels)]
    wanted = Counter(kind for kind, _, _ in found)
    right = Counter(kind for kind, _, read in found if read)
    assert right["restrictions"] / wanted["restrictions"] >= restrictions
    assert right["instructions"] / wanted["instructions"] >= instructions
    assert right["furniture"] / wanted["furniture"] >= furniture
