"""The examples in docstrings are true."""

import doctest
import pkgutil
from importlib import import_module

import pytest

import graph.model
from graph.store import read, search

MODULES = [import_module(f"graph.model.{one.name}") for one in pkgutil.iter_modules(graph.model.__path__)]


@pytest.mark.parametrize("module", [*MODULES, read, search], ids=lambda module: module.__name__)
def test_what_a_docstring_shows_is_what_happens(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


def test_there_are_examples() -> None:
    assert sum(doctest.testmod(module).attempted for module in MODULES) > 1
