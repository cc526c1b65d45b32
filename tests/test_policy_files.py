"""The policy files read alike with PyYAML's parser in C and with the one in Python."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

CORE = Path(__file__).resolve().parents[1] / "assistant"
FILES = sorted(CORE.rglob("*.yaml"))


def test_there_are_policy_files_of_both_folders() -> None:
    assert {file.parent.name for file in FILES} == {"policy", "safety"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_machine_without_the_parser_in_c_reads_the_same(file: Path) -> None:
    text = file.read_text("utf-8")
    assert yaml.load(text, Loader=yaml.SafeLoader) == yaml.load(text, Loader=yaml.CSafeLoader)
    assert yaml.load(text, Loader=yaml.BaseLoader) == yaml.load(text, Loader=yaml.CBaseLoader)
