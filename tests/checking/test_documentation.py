"""``docs/checking.md`` names every rule, option and key."""

from __future__ import annotations

import re
from pathlib import Path

from assistant.checking import Report
from assistant.checking.policy import read_checks

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "checking.md").read_text("utf-8")
NAMED = set(re.findall(r"`([a-z_-]+)`", TEXT))


def test_every_rule_is_named_and_no_other() -> None:
    rows = [line for line in TEXT.split("\n") if line.startswith("| ") and "`--" not in line[:10]]
    table = {name for row in rows for name in re.findall(r"`([a-z]+(?:-[a-z]+)*)`", row)}
    rules = set(read_checks().rules)
    assert rules - NAMED == set()
    assert {name for name in table if "-" in name} - rules == set()


def test_every_key_of_the_document_is_named() -> None:
    assert set(Report(0, 0, ()).document()) - NAMED == set()
