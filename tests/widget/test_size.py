"""The widget's files: small, plain, and without anything that could become markup or code."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

from server.joining import integrity, joined_script
from tests.widget.stub import SERVER

FILES = sorted((SERVER / "widget").glob("**/*.js"))
BUDGET = 12 * 1024
SINKS = (
    r"innerHTML|outerHTML|insertAdjacentHTML|setHTML|parseFromString|createContextualFragment|"
    r"document\.write|\beval\b|new Function|srcdoc|setAttributeNS|cssText"
)


def test_the_one_script_that_a_page_loads_is_at_most_12_kib_compressed() -> None:
    """It holds every language, so that a page in English and one in German load the same."""
    size = len(gzip.compress(joined_script(SERVER / "widget"), 9))
    assert size <= BUDGET, size


def test_the_one_script_holds_every_module_and_imports_nothing() -> None:
    script = joined_script(SERVER / "widget").decode()
    assert not re.search(r"^(import|export)\b|\bimport\(|/\*\*", script, re.M)
    for path in FILES:
        for name in re.findall(r"^export (?:class|const|function) (\w+)", path.read_text("utf-8")):
            assert name in script


def test_the_script_stays_as_it_was_joined_when_a_file_changes_under_a_running_server(
    tmp_path: Path,
) -> None:
    entry = tmp_path / "exercise-chat.js"
    entry.write_text("first();\n")
    assert joined_script(tmp_path) == b"first();"
    entry.write_text("second();\n")
    assert joined_script(tmp_path) == b"first();"


def test_integrity_is_the_hash_that_browsers_compute() -> None:
    known = "sha384-H8BRh8j48O9oYatfu5AZzq6A9RINhZO5H16dQZngK7T62em8MUt1FLm52t+eX6xO"
    assert integrity(b"alert('Hello, world.');") == known


def test_no_file_has_a_sink_for_markup_or_code() -> None:
    found = {path.name: re.findall(SINKS, path.read_text("utf-8")) for path in FILES}
    assert not any(found.values()), found


def test_files_import_only_each_other() -> None:
    names = {path.name for path in FILES}
    for path in FILES:
        imported = re.findall(r'^import .* from "([^"]+)"', path.read_text("utf-8"), re.M)
        assert {name.removeprefix("./") for name in imported} <= names
        assert all(name.startswith("./") for name in imported)


def test_the_pages_have_no_inline_script_or_style_and_load_nothing_from_elsewhere() -> None:
    for path in Path(SERVER / "templates").glob("*.html"):
        text = path.read_text("utf-8")
        assert not re.search(r"<style|\sstyle=|\son\w+=|\|\s*safe", text), path.name
        assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text)), path.name
        assert not re.search(r'(?:src|href)="(?:https?:)?//', text), path.name
