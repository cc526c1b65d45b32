"""``python -m assistant check``: what it prints, and its exit codes."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from pathlib import Path

import yaml
from typer.testing import CliRunner

from assistant.cli import app

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SOUND = str(HERE / "sound")


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["check", *arguments])
    return done.exit_code, done.output


def test_sound_pages_end_with_0_and_one_line() -> None:
    assert run(SOUND) == (0, "2 pages in 2 files: 0 errors, 0 warnings, 0 notes.\n")


def test_an_error_ends_with_1_and_is_named_below_its_file() -> None:
    file = HERE / "planted" / "contradicting-reps.md"
    code, output = run(str(file))
    first, head, mend, *_ = output.splitlines()
    assert code == 1
    assert first == str(file)
    assert head.split()[:2] == ["41", "error"]
    assert "'15 to 20 reps'" in head
    assert "'8 to 12 reps'" in head
    assert mend.strip().startswith("Give one dose")


def test_a_warning_ends_with_1_only_when_strict() -> None:
    file = str(HERE / "planted" / "thin-answer.md")
    assert run(file)[0] == 0
    assert run(file, "--strict")[0] == 1


def test_a_path_that_is_not_there_ends_with_2() -> None:
    code, output = run("nowhere-at-all")
    assert code == 2
    assert "does not exist" in output
    assert run("--no-such-option")[0] == 2


def test_json_has_the_counts_and_every_finding() -> None:
    file = HERE / "planted" / "promise.md"
    code, output = run(str(file), "--json")
    report = json.loads(output)
    assert code == 0
    assert (report["files"], report["pages"], report["warnings"]) == (1, 1, 1)
    (finding,) = report["findings"]
    assert set(finding) == {"file", "line", "severity", "rule", "found", "mend"}
    assert finding["rule"] == "promise"


def test_the_scraped_page_is_told_what_its_owner_wants_to_know() -> None:
    code, output = run(str(HERE.parent / "pages" / "lying-knee-rolls.txt"), "--json")
    findings = json.loads(output)["findings"]
    assert code == 0
    places = [(finding["rule"], finding["line"]) for finding in findings]
    assert places == [
        ("no-front-matter", 1),
        ("no-url", 1),
        ("furniture-removed", 3),
        ("no-hold-time", 26),
        ("restriction-without-advice", 49),
        ("name-not-used", 58),
        ("furniture-removed", 80),
    ]


def test_the_pre_commit_hook_runs_the_command() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert hook["pass_filenames"] is False
    python, *rest = shlex.split(hook["entry"])
    assert python == "python"
    command = [sys.executable, *rest, SOUND]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
