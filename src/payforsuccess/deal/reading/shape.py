"""Where a pydantic error lies: in which model and field, and at which path of the file.

Pydantic's `loc` mixes keys of the file with tags of unions; the models tell them apart.
"""

from __future__ import annotations

import collections.abc
from dataclasses import dataclass
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, Discriminator, Tag
from pydantic.fields import FieldInfo

from payforsuccess.deal.reading.tree import Path

_LISTS = (list, tuple, set, frozenset, collections.abc.Sequence)
_DICTS = (dict, collections.abc.Mapping)


Shape = Literal["keys", "list", "value", "any"]


@dataclass(frozen=True)
class Branch:
    """One form, of several, in which the value at `path` was tried.

    Two errors that differ in their label alone are two readings of one value.
    """

    path: Path
    label: str
    shape: Shape


@dataclass(frozen=True)
class Spot:
    """What the models know of one place in the file.

    path: the way to it in the file. models: the models on the way, the outermost first, each
    with its own path. field: what the last key is, in the innermost model. branches: where one of
    several forms of a value was tried. kinds: the models of which one was chosen by its kind, the
    last time that happened. here: the type of the value at the place.
    """

    path: Path
    models: tuple[tuple[Path, type[BaseModel]], ...] = ()
    field: FieldInfo | None = None
    branches: tuple[Branch, ...] = ()
    kinds: tuple[type[BaseModel], ...] = ()
    here: Any = None

    @property
    def model(self) -> type[BaseModel] | None:
        """The model whose key the place is, or which stands at it."""
        return self.models[-1][1] if self.models else None

    @property
    def shape(self) -> Shape:
        """Whether keys, a list or a single value belongs at the place."""
        return shape_of(self.here)


def shape_of(annotation: Any) -> Shape:
    """Whether a value of this type is written as keys, as a list, or as a single value."""
    if get_origin(annotation) is Annotated:
        return shape_of(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        shapes = {shape_of(a) for a in get_args(annotation) if a is not NoneType}
        return shapes.pop() if len(shapes) == 1 else "any"
    origin = get_origin(annotation) or annotation
    if origin in _LISTS:
        return "list"
    if origin in _DICTS or (isinstance(origin, type) and issubclass(origin, BaseModel)):
        return "keys"
    return "any" if annotation is None else "value"


def kinds_of(annotation: Any) -> tuple[type[BaseModel], ...]:
    """The models of a union, out of their wrappings."""
    if get_origin(annotation) is Annotated:
        return kinds_of(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        return tuple(kind for member in get_args(annotation) for kind in kinds_of(member))
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return (annotation,)
    return ()


def spot(model: type[BaseModel], loc: Path) -> Spot:
    """The spot of an error at `loc` in a value read as `model`."""
    walk = _Walk(model)
    for step in loc:
        walk.take(step)
    walk.settle()
    return Spot(
        tuple(walk.path),
        tuple(walk.models),
        walk.field,
        tuple(walk.branches),
        walk.kinds,
        walk.here,
    )


class _Walk:
    """Follows a loc through annotations, one step at a time."""

    def __init__(self, model: type[BaseModel]) -> None:
        self.here: Any = model
        self.discriminator: str | None = None
        self.is_tagged = False
        self.is_key_of_dict = False
        self.path: list[str | int] = []
        self.models: list[tuple[Path, type[BaseModel]]] = []
        self.field: FieldInfo | None = None
        self.branches: list[Branch] = []
        self.kinds: tuple[type[BaseModel], ...] = ()

    def settle(self) -> None:
        """Take the wrapping off the type here; note the model if it is one."""
        while True:
            if get_origin(self.here) is Annotated:
                self.here, *notes = get_args(self.here)
                self._note(notes)
            elif get_origin(self.here) in (Union, UnionType):
                left = tuple(a for a in get_args(self.here) if a is not NoneType)
                if len(left) != 1:
                    return
                self.here = left[0]
            else:
                break
        if isinstance(self.here, type) and issubclass(self.here, BaseModel):
            place = (tuple(self.path), self.here)
            if place not in self.models:
                self.models.append(place)

    def take(self, step: str | int) -> None:
        """Follow one step of the loc."""
        # A fault of a key itself ends in "[key]", after the key.
        if step == "[key]" and self.is_key_of_dict:
            return
        self.settle()
        origin = get_origin(self.here) or self.here
        if origin in (Union, UnionType):
            self._choose(str(step))
        elif isinstance(self.here, type) and issubclass(self.here, BaseModel):
            self._enter(str(step))
        elif origin in _LISTS and isinstance(step, int):
            inner = get_args(self.here)
            self.path.append(step)
            self._go(inner[step] if _is_fixed(inner) and step < len(inner) else _first(inner))
        elif origin in _DICTS:
            inner = get_args(self.here)
            self.path.append(step)
            self._go(inner[1] if len(inner) == 2 else None)
            self.is_key_of_dict = True
        elif isinstance(step, int):
            self.path.append(step)
        # Anything else names a step inside a single value's own check, not a place in the file.

    def _go(self, annotation: Any) -> None:
        self.here = annotation
        self.discriminator = None
        self.is_tagged = False
        self.is_key_of_dict = False

    def _note(self, notes: list[Any]) -> None:
        for note in notes:
            said = note.discriminator if isinstance(note, Discriminator | FieldInfo) else None
            if said is not None:
                self.is_tagged = True
                self.discriminator = said if isinstance(said, str) else None

    def _enter(self, key: str) -> None:
        fields = self.here.model_fields
        found = fields.get(key) or next((f for f in fields.values() if f.alias == key), None)
        self.path.append(key)
        self.field = found
        self._go(found.annotation if found else None)
        if found is not None:
            self._note([found, *found.metadata])

    def _choose(self, label: str) -> None:
        """Go on with the member of a union that the loc names."""
        members = [a for a in get_args(self.here) if a is not NoneType]
        chosen = next((m for m in members if label in self._labels(m)), None)
        if self.is_tagged:
            self.kinds = kinds_of(self.here)
        else:
            # A member with checks of its own is called `function-before[check(), Member]`.
            chosen = chosen or next(
                (m for m in members if any(name in label for name in self._labels(m))), None
            )
            chosen = chosen or next((m for m in members if shape_of(m) == "value"), None)
            self.branches.append(Branch(tuple(self.path), label, shape_of(chosen)))
        self._go(chosen)

    def _labels(self, member: Any) -> tuple[str, ...]:
        if get_origin(member) is Annotated:
            inner, *notes = get_args(member)
            tags = tuple(str(note.tag) for note in notes if isinstance(note, Tag))
            return tags or self._labels(inner)
        if isinstance(member, type) and issubclass(member, BaseModel):
            field = member.model_fields.get(self.discriminator or "")
            if field is not None and get_origin(field.annotation) is Literal:
                return tuple(str(tag) for tag in get_args(field.annotation))
            return (member.__name__,)
        origin = get_origin(member) or member
        if origin in _LISTS or origin in _DICTS:
            return (f"{getattr(origin, '__name__', '')}[",)
        return ()


def _is_fixed(inner: tuple[Any, ...]) -> bool:
    return len(inner) > 1 and inner[-1] is not Ellipsis


def _first(inner: tuple[Any, ...]) -> Any:
    return inner[0] if inner else None
