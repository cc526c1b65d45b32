"""Policy files: alike with both of PyYAML's parsers, and refused where a line is cut short."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from assistant.errors import SettingError
from assistant.safety import policy

CORE = Path(__file__).resolve().parents[1] / "assistant"
FILES = sorted(CORE.rglob("*.yaml"))


def test_there_are_policy_files_of_both_folders() -> None:
    assert {file.parent.name for file in FILES} == {"policy", "safety"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_machine_without_the_parser_in_c_reads_the_same(file: Path) -> None:
    text = file.read_text("utf-8")
    assert yaml.load(text, Loader=yaml.SafeLoader) == yaml.load(text, Loader=yaml.CSafeLoader)
    assert yaml.load(text, Loader=yaml.BaseLoader) == yaml.load(text, Loader=yaml.CBaseLoader)


def test_an_entry_that_a_number_sign_cuts_short_is_refused_by_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "events.yaml"
    monkeypatch.setattr(policy, "files", lambda package: tmp_path)
    file.write_text('concepts:\n  a:\n    - "dislocated at #8-90"\n    # a comment\n', "utf-8")
    assert policy.document("events") == {"concepts": {"a": ["dislocated at #8-90"]}}
    for entry in ("dislocated at #8-90", "#3-17"):
        file.write_text(f"concepts:\n  a:\n    - {entry}\n", "utf-8")
        with pytest.raises(SettingError, match=r"events\.yaml, line 3"):
            policy.document("events")
