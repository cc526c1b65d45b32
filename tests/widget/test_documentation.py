"""What docs/widget.md promises is what the code has, no more and no less."""

from __future__ import annotations

import re
from pathlib import Path

from tests.widget.stub import SERVER

DOCUMENT = (Path(__file__).parents[2] / "docs" / "widget.md").read_text("utf-8")
CODE = {path.name: path.read_text("utf-8") for path in (SERVER / "widget").glob("*.js")}
ALL = "".join(CODE.values())


def table(heading: str) -> set[str]:
    """Return the first cells, in backticks, of the table whose first heading is this."""
    rows = DOCUMENT.split(f"| {heading} |", 1)[1].split("\n\n", 1)[0]
    return set(re.findall(r"^\| `([^`]+)`", rows, re.M))


def test_every_attribute_is_documented() -> None:
    used = set(re.findall(r'(?:get|has)Attribute\("(\w+)"\)', CODE["exercise-chat.js"]))
    assert used | {"lang"} == table("attribute")


def test_every_custom_property_is_documented() -> None:
    used = set(re.findall(r"var\((--chat-[a-z-]+)", CODE["styles.js"]))
    assert used == table("custom property")
    assert len(used) > 15


def test_every_part_is_documented_and_exists() -> None:
    parts = set(re.findall(r'PARTS =\s+"([^"]+)"', CODE["dom.js"])[0].split())
    assert parts == table("part")
    for part in parts - {"caution"}:  # set as `className = kind`
        assert re.search(rf'class: "{part}"|(?:button|rating)\("{part}"', ALL), part


def test_every_event_is_documented() -> None:
    told = {f"chat-{name}" for name in re.findall(r'#tell\("(\w+)"', CODE["exercise-chat.js"])}
    assert told == table("event")
