"""The page about the evals names every command, option, measure and baseline."""

from __future__ import annotations

import pytest
from typer.main import get_command

from evals.__main__ import app
from evals.measures import MEASURES
from evals.smoking import read_baseline
from tests.asking import ROOT

PAGE = (ROOT / "docs" / "evals.md").read_text("utf-8")
COMMANDS = get_command(app).commands  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_is_documented(name: str) -> None:
    assert f"`python -m evals {name}" in PAGE


@pytest.mark.parametrize(
    "option", sorted(o for p in COMMANDS["run"].params for o in p.opts if o.startswith("--"))
)
def test_every_option_of_run_is_documented(option: str) -> None:
    assert option in PAGE or option.replace("--", "--no-") in PAGE


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.name)
def test_every_measure_is_explained(measure) -> None:
    name = measure.name.split(",")[-1].split(":")[-1].replace("…", "").strip()
    assert name.removesuffix(" recall") in PAGE


def test_the_number_of_smoke_cases_is_right() -> None:
    assert f"asks {len(read_baseline().passed)} development cases" in PAGE
