"""The documentation says what is there: the tree, the settings, the commands, real output."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.settings import Settings
from tests.tree import tree

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
TREE = (ROOT / "docs" / "tree.md").read_text("utf-8")


def between(mark: str, text: str) -> str:
    return text.split(f"<!-- {mark} -->")[1].split(f"<!-- /{mark} -->")[0].strip()


def conversation() -> list[tuple[str, str]]:
    """Return each command of the README's conversation with the output that it shows."""
    shown = between("conversation", README).removeprefix("```console\n").removesuffix("\n```")
    parts = re.split(r"^\$ ", shown, flags=re.MULTILINE)[1:]
    return [(part.partition("\n")[0], part.partition("\n")[2].strip()) for part in parts]


def test_a_page_shows_the_tree_with_a_line_for_each_file() -> None:
    assert between("tree", TREE) == f"```\n{tree()}\n```"


def test_every_file_of_the_tree_says_what_it_is_for() -> None:
    silent = [line for line in tree().splitlines() if len(line.split()) < 4 and "/" not in line]
    assert silent == []


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_is_documented_with_its_default(name: str) -> None:
    row = f"| `ASSISTANT_{name.upper()}` | `{Settings.model_fields[name].default}` |"
    assert row in (ROOT / "docs/settings.md").read_text("utf-8")


@pytest.mark.parametrize("target", re.findall(r"^\| `make (\w+)`", README, re.MULTILINE))
def test_every_make_target_of_the_readme_exists(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\(([^)#]+)\)", README))))
def test_every_link_of_the_readme_leads_somewhere(link: str) -> None:
    assert (ROOT / link).exists()


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`([a-z_/]+\.py)`", README + TREE))))
def test_every_module_that_the_readme_names_exists(name: str) -> None:
    assert any((ROOT / folder / name).is_file() for folder in ("", "assistant"))


@pytest.mark.parametrize("page", sorted((ROOT / "docs").glob("*.md")), ids=lambda page: page.name)
def test_the_readme_leads_to_every_page_of_the_documentation(page: Path) -> None:
    assert f"](docs/{page.name})" in README


@pytest.mark.parametrize(("command", "shown"), conversation())
def test_the_conversation_of_the_readme_is_what_the_command_prints(
    command: str, shown: str, asking_data: Path
) -> None:
    words = shlex.split(command)
    assert words[0] == ".venv/bin/python"
    done = subprocess.run(
        [sys.executable, *words[1:], "--data", str(asking_data)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=120,
        check=True,
    )
    assert done.stdout.strip() == shown
