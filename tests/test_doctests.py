"""The worked examples in the docstrings are true."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import assistant
import server

MODULES = sorted(
    found.name
    for package in (assistant, server)
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    if not found.name.endswith("__main__") and ".adapters" not in found.name
)


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_hold(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_there_are_examples_at_all() -> None:
    found = doctest.DocTestFinder()
    modules = map(importlib.import_module, MODULES)
    assert sum(bool(each.examples) for module in modules for each in found.find(module)) > 25
