"""Each planted fault is found: by its own rule, at its own line, and nothing else is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from assistant.checking import Finding, check
from assistant.checking.policy import read_checks
from assistant.checking.running import judged, read_file
from assistant.pages import Limits
from assistant.pages.process import ParserProcess

HERE = Path(__file__).parent
SOUND = HERE / "sound"
PLANTED = HERE / "planted"
TABLE = yaml.safe_load((HERE / "planted.yaml").read_text("utf-8"))
STRICT_ONLY = {"missing-key", "unknown-value", "too-easy"}


@pytest.fixture(scope="module")
def process() -> Iterator[ParserProcess]:
    with ParserProcess(Limits()) as started:
        yield started


def found_in(name: str, process: ParserProcess) -> list[Finding]:
    """The findings of one planted file beside a sound page."""
    policy = read_checks()
    sound, _ = read_file(SOUND / "harbour-reach.md", process, Limits(), policy)
    pages, unread = read_file(PLANTED / name, process, Limits(), policy)
    return [*unread, *judged([*sound, *pages], policy)]


@pytest.mark.parametrize("name", sorted(TABLE))
def test_a_planted_fault_is_found_at_its_line_and_nothing_else_is(
    name: str, process: ParserProcess
) -> None:
    expected = TABLE[name]
    findings = found_in(name, process)
    told = [(finding.rule, finding.line) for finding in findings]
    assert (expected["rule"], expected["line"]) in told
    others = {rule for rule, _ in told} - {expected["rule"], *expected.get("also", [])}
    assert others == set(), told
    assert all(finding.found and finding.mend for finding in findings)
    assert {finding.file for finding in findings} == {str(PLANTED / name)}


def test_every_planted_file_is_in_the_table_and_every_rule_is_planted() -> None:
    assert {path.name for path in PLANTED.iterdir()} == set(TABLE)
    rules = {entry["rule"] for entry in TABLE.values()}
    assert rules | STRICT_ONLY == set(read_checks().rules)
    assert len(rules) >= 30


def test_sound_pages_give_nothing() -> None:
    report = check([SOUND])
    assert report.findings == ()
    assert (report.files, report.pages, report.failed) == (2, 2, False)
