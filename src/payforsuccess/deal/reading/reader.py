"""Whole files: bytes to a model, or a Refusal with every problem at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import BaseModel

from payforsuccess.deal.assumptions import Assumptions
from payforsuccess.deal.assumptions.check import check_assumptions
from payforsuccess.deal.budget import BudgetFile
from payforsuccess.deal.checks import check_deal
from payforsuccess.deal.checks.budget import check_budget
from payforsuccess.deal.checks.value import check_value
from payforsuccess.deal.deal import FORMAT, Deal
from payforsuccess.deal.reading.problems import Found, attempt, in_order
from payforsuccess.deal.reading.tree import Mapping, Scalar, place_at, places_of
from payforsuccess.deal.reading.yaml_text import parse
from payforsuccess.deal.value import ValueFile
from payforsuccess.deal.whole_file import Source, WholeFile
from payforsuccess.errors import Problem, Refusal

AModel = TypeVar("AModel", bound=BaseModel)
AFile = TypeVar("AFile", bound=WholeFile)


@dataclass(frozen=True)
class Built(Generic[AModel]):
    """A model, the tree it was read from, and what is wrong with how the file is written."""

    model: AModel
    tree: Mapping
    problems: tuple[Problem, ...] = ()


def read_as(model: type[AModel], text: bytes | str, *, file: str) -> AModel:
    """A YAML file as a `model`: results, published payments, a determination, assumptions.

    Raises Refusal with every problem that could be found, in the order of the file.
    """
    built = build(model, text, file=file)
    if built.problems:
        raise Refusal(in_order(built.problems))
    return built.model


def build(model: type[AModel], text: bytes | str, *, file: str) -> Built[AModel]:
    """A model that could be built although the file may hold, say, a key that is given twice.

    Raises Refusal when the model cannot be built.
    """
    parsed = parse(text, file)
    if parsed.tree is None:
        raise Refusal(in_order(parsed.problems))
    newer = _newer(parsed.tree, file)
    if newer:
        raise Refusal(newer)
    found = attempt(model, parsed.tree, file)
    if isinstance(found, Found):
        raise Refusal(in_order((*parsed.problems, *found.problems), more=found.more))
    return Built(found, parsed.tree, parsed.problems)


def read_whole(
    model: type[AFile],
    text: bytes | str,
    *,
    file: str,
    check: Callable[[AFile], Iterable[Problem]] = lambda _: (),
) -> AFile:
    """What a file states, with the place of each of its values.

    check: what is wrong with it although each part could be built, such as a name that the deal
    does not know. Raises Refusal with every problem that could be found, in the order of the file.
    """
    built = build(model, text, file=file)
    whole = built.model.with_source(Source(file, places_of(built.tree, file)))
    problems = (*built.problems, *check(whole))
    if problems:
        raise Refusal(in_order(problems))
    return whole


def read_deal(text: bytes | str, *, file: str = "deal.yaml") -> Deal:
    """The deal that a file states; raises as `read_whole` does."""
    return read_whole(Deal, text, file=file, check=check_deal)


def read_assumptions(
    text: bytes | str, deal: Deal, *, file: str = "assumptions.yaml"
) -> Assumptions:
    """The assumptions that a file states, held against the deal; raises as `read_whole` does."""
    return read_whole(
        Assumptions, text, file=file, check=lambda found: check_assumptions(found, deal)
    )


def read_value(text: bytes | str, deal: Deal, *, file: str = "value.yaml") -> ValueFile:
    """What success is worth to each budget, held against the deal; raises as `read_whole` does."""
    return read_whole(ValueFile, text, file=file, check=lambda found: check_value(found, deal))


def read_budget(text: bytes | str, deal: Deal, *, file: str = "budget.yaml") -> BudgetFile:
    """Funds, sources and requests, held against the deal; raises as `read_whole` does."""
    return read_whole(BudgetFile, text, file=file, check=lambda found: check_budget(found, deal))


def _newer(tree: Mapping, file: str) -> tuple[Problem, ...]:
    """Why a file of a later format cannot be read; its other keys would only be misunderstood."""
    written = tree.items.get("format")
    text = written.node.text if written and isinstance(written.node, Scalar) else ""
    if not text.isdecimal() or len(text) > 4 or int(text) <= FORMAT:
        return ()
    return (
        Problem(
            f"The file is written in format {int(text)}; this version reads up to {FORMAT}.",
            "Use a newer version of this software.",
            place_at(tree, ("format",), file),
        ),
    )
