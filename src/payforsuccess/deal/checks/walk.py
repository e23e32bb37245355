"""Every single value of a deal with its path in the file and the field it stands in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from payforsuccess.deal.whole_file import FieldPath


@dataclass(frozen=True)
class Found:
    """One value, the model that holds it, and the field by which the model knows it."""

    path: FieldPath
    value: object
    model: BaseModel
    field: FieldInfo


def values_in(model: BaseModel, path: FieldPath = ()) -> Iterator[Found]:
    """The single values of a model and of all models inside it; those left out are not visited."""
    for name, field in type(model).model_fields.items():
        value = getattr(model, name)
        here = (*path, field.alias or name)
        if isinstance(value, BaseModel | tuple | Mapping):
            yield from _inside(value, here)
        elif value is not None:
            yield Found(here, value, model, field)


def _inside(value: object, path: FieldPath) -> Iterator[Found]:
    if isinstance(value, BaseModel):
        yield from values_in(value, path)
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from _inside(item, (*path, number))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _inside(item, (*path, key))
