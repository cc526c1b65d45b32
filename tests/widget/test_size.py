"""The widget's files: small, plain, and without anything that could become markup or code."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

from tests.widget.stub import SERVER

FILES = sorted((SERVER / "widget").glob("**/*.js"))
BUDGET = 12 * 1024
SINKS = (
    r"innerHTML|outerHTML|insertAdjacentHTML|setHTML|parseFromString|createContextualFragment|"
    r"document\.write|\beval\b|new Function|srcdoc|setAttributeNS|cssText"
)


def test_all_files_together_are_at_most_12_kib_compressed() -> None:
    sizes = {path.name: len(gzip.compress(path.read_bytes(), 9)) for path in FILES}
    assert sum(sizes.values()) <= BUDGET, sizes


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
