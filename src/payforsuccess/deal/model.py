"""The base of every model in a deal file: frozen, and closed to keys it does not know."""

from __future__ import annotations

from typing import Any, NoReturn

from pydantic import BaseModel, ConfigDict
from pydantic_core import PydanticCustomError


class Model(BaseModel):
    """A part of the deal. Refuses nonsense when built; opens nothing and computes no money."""

    model_config = ConfigDict(
        frozen=True,
        # A model is built when it is first read, not when it is imported: commands start sooner.
        defer_build=True,
        extra="forbid",
        populate_by_name=True,
        arbitrary_types_allowed=True,
    )

    def as_plain(self) -> dict[str, object]:
        """The part as texts, numbers, lists and mappings, by its keys in the file.

        What stands at its default is left out, so that a key added to the format later, with a
        default, changes no fingerprint of what was written before.
        """
        plain: dict[str, object] = self.model_dump(
            mode="json", by_alias=True, exclude_defaults=True
        )
        return plain


def refuse(what: str, do: str = "", *, field: str = "") -> NoReturn:
    """Stop building a model; `what` and `do` are sentences for the reader of the deal file.

    `field` is the key, relative to the model, at which the problem is shown.
    """
    context: dict[str, Any] = {"what": what, "do": do, "field": field}
    raise PydanticCustomError("deal", "{what}", context)
