"""A tree of text read as a model: the model, or every problem at its line and key."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from payforsuccess.deal.nearest import nearest
from payforsuccess.deal.reading.fault import Fault, Told
from payforsuccess.deal.reading.shape import Branch, spot
from payforsuccess.deal.reading.tree import (
    Mapping,
    Node,
    Path,
    Plain,
    Scalar,
    Sequence,
    node_at,
    place_at,
    plain,
)
from payforsuccess.deal.reading.wording import told
from payforsuccess.errors import Problem

MOST_SHOWN = 50
_MOST_WEIGHED = 1_000
_MOST_PASSES = 4

AModel = TypeVar("AModel", bound=BaseModel)


@dataclass(frozen=True)
class Found:
    """The problems of a file that stand first, in no order yet, and how many more there are."""

    problems: tuple[Problem, ...]
    more: int = 0


def read(model: type[AModel], tree: Mapping, file: str) -> AModel | tuple[Problem, ...]:
    """The tree as a `model`, or what is wrong with it in the order of the file, at most fifty.

    A key after which nothing is written counts as absent when the model can do without it.
    """
    built = attempt(model, tree, file)
    return in_order(built.problems, more=built.more) if isinstance(built, Found) else built


def attempt(model: type[AModel], tree: Mapping, file: str) -> AModel | Found:
    """As `read`, with the problems not yet cut to fifty, to be joined with those of the YAML."""
    data = plain(tree)
    nothings: set[Path] = set()
    for _ in range(_MOST_PASSES):
        try:
            # `from` alone is the key in a file, not also the name `from_` that Python needs.
            return model.model_validate(data, by_alias=True, by_name=False)
        except ValidationError as error:
            faults = _faults(error, model, tree, nothings)
            more = max(0, error.error_count() - _MOST_WEIGHED)
        empty = {path for fault in faults if (path := _empty_key(fault))} - nothings
        if not empty:
            break
        for path in empty:
            _drop(data, path)
        nothings |= empty
    faults = sorted(_one_each(faults, tree), key=lambda one: place_at(tree, one.spot.path, file))
    more += max(0, len(faults) - MOST_SHOWN)
    problems = {_placed(told(fault), tree, file): None for fault in faults[:MOST_SHOWN]}
    return Found(tuple(problems), more)


def in_order(problems: Iterable[Problem], *, more: int = 0) -> tuple[Problem, ...]:
    """The problems in the order of the file, at most fifty, and then how many more there are."""
    ordered = sorted(problems, key=lambda problem: problem.where)
    more += max(0, len(ordered) - MOST_SHOWN)
    if not more:
        return tuple(ordered)
    what = "There is 1 more problem." if more == 1 else f"There are {more:,} more problems."
    rest = Problem(what, "Mend those above first; some of the rest may come from them.")
    return (*ordered[:MOST_SHOWN], rest)


def _placed(one: Told, tree: Mapping, file: str) -> Problem:
    return one.problem.at(place_at(tree, one.path, file))


def _faults(
    error: ValidationError, model: type[BaseModel], tree: Mapping, nothings: set[Path]
) -> list[Fault]:
    known = frozenset(nothings)
    details = error.errors(include_url=False)[:_MOST_WEIGHED]
    return [Fault(detail, spot(model, detail["loc"]), tree, known) for detail in details]


def _empty_key(fault: Fault) -> Path:
    """The path of a known key after which nothing is written, if that is the fault."""
    path = fault.spot.path
    if fault.sort in ("extra_forbidden", "missing") or not path or isinstance(path[-1], int):
        return ()
    node = fault.node
    return path if isinstance(node, Scalar) and node.is_nothing else ()


def _drop(data: Plain, path: Path) -> None:
    """Take the key at `path` out of the data."""
    here = data
    for step in path[:-1]:
        if isinstance(here, dict):
            here = here[str(step)]
        elif isinstance(here, list):
            here = here[int(step)]
    if isinstance(here, dict):
        here.pop(str(path[-1]), None)


def _one_each(faults: list[Fault], tree: Mapping) -> list[Fault]:
    """The faults that are mistakes of their own, without those that only follow from another."""
    faults = _one_form(faults, tree)
    mistyped = {
        (*fault.spot.path[:-1], meant)
        for fault in faults
        if fault.sort == "extra_forbidden" and (meant := _meant(fault, faults))
    }
    misplaced = {fault.spot.path for fault in faults if fault.sort == "extra_forbidden"}
    return [
        fault
        for fault in faults
        if not (fault.sort == "missing" and fault.spot.path in mistyped)
        and not (fault.sort == "missing" and _is_below(fault.spot.path, misplaced))
        and not (fault.sort == "too_short" and _is_long_enough(fault))
    ]


def _is_below(absent: Path, unknown: set[Path]) -> bool:
    """Whether the key that is missing stands further in, where it is not known."""
    above, key = absent[:-1], absent[-1]
    return any(path[-1] == key and path[: len(above)] == above for path in unknown)


def _meant(fault: Fault, faults: list[Fault]) -> str:
    """The required key that an unknown key was most likely meant to be."""
    above = fault.spot.path[:-1]
    absent = [
        str(other.spot.path[-1])
        for other in faults
        if other.sort == "missing" and other.spot.path[:-1] == above
    ]
    return nearest(str(fault.spot.path[-1]), absent)


def _is_long_enough(fault: Fault) -> bool:
    """Whether a list was only called too short because some of its items are wrong themselves."""
    node = fault.node
    least = fault.context.get("min_length", 0)
    size = len(node.items) if isinstance(node, Sequence | Mapping) else 0
    return isinstance(least, int) and size >= least


def _one_form(faults: list[Fault], tree: Mapping) -> list[Fault]:
    """Where a value may take several forms, only the faults of the form it comes closest to."""
    tried: dict[Path, dict[str, list[Branch]]] = {}
    for fault in faults:
        for branch in fault.spot.branches:
            tried.setdefault(branch.path, {}).setdefault(branch.label, []).append(branch)
    chosen: dict[Path, str] = {}
    for path, labels in tried.items():
        written = _shape(node_at(tree, path))
        chosen[path] = min(
            labels, key=lambda label: (labels[label][0].shape != written, len(labels[label]))
        )
    return [
        fault
        for fault in faults
        if all(chosen[branch.path] == branch.label for branch in fault.spot.branches)
    ]


def _shape(node: Node | None) -> str:
    return {Mapping: "keys", Sequence: "list"}.get(type(node), "value")
