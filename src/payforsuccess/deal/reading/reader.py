"""Whole files: bytes to a model, or a Refusal with every problem at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import BaseModel

from payforsuccess.deal.reading.problems import Found, attempt, in_order
from payforsuccess.deal.reading.tree import Mapping
from payforsuccess.deal.reading.yaml_text import parse
from payforsuccess.errors import Problem, Refusal

AModel = TypeVar("AModel", bound=BaseModel)


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
    found = attempt(model, parsed.tree, file)
    if isinstance(found, Found):
        raise Refusal(in_order((*parsed.problems, *found.problems), more=found.more))
    return Built(found, parsed.tree, parsed.problems)
