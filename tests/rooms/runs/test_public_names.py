"""The public names of the package: each is a function of runs, loaded when it is asked for."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

import pytest

import payforsuccess

NAMES = payforsuccess.__all__


@pytest.mark.parametrize("name", NAMES)
def test_each_name_is_a_function_of_runs_with_types_and_a_docstring(name: str) -> None:
    function = getattr(payforsuccess, name)

    assert inspect.isfunction(function)
    assert function.__name__ == name
    assert function.__module__.startswith("payforsuccess.runs.")
    assert function.__doc__
    annotations = inspect.get_annotations(function)
    assert {*inspect.signature(function).parameters, "return"} == set(annotations)


def test_dir_lists_every_name() -> None:
    assert set(NAMES) <= set(dir(payforsuccess))


def test_editors_are_told_the_same_names() -> None:
    tree = ast.parse(Path(payforsuccess.__file__).read_text("utf-8"))
    told = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("payforsuccess.")
        for alias in node.names
    }

    assert told == set(NAMES)


def test_another_name_is_not_there() -> None:
    with pytest.raises(AttributeError, match="no attribute 'refund'"):
        _ = payforsuccess.refund  # type: ignore[attr-defined]


def test_a_missing_extra_is_named_with_its_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    """On the plain install `run` says what to install."""

    def missing(_: str) -> object:
        raise ModuleNotFoundError("No module named 'pyarrow'", name="pyarrow")

    monkeypatch.setattr(payforsuccess, "import_module", missing)
    with pytest.raises(ModuleNotFoundError, match=r"pip install 'payforsuccess\[analysis\]'"):
        payforsuccess.__getattr__("run")
