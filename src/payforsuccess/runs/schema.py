"""The JSON Schema of the deal file, so that editors complete and check it as it is written."""

from __future__ import annotations

import json
from collections.abc import Container
from dataclasses import dataclass
from importlib.resources import files

from payforsuccess.errors import Problem, Refusal

DIALECT = "https://json-schema.org/draft/2020-12/schema"
TITLE = "Deal file of payforsuccess"
FILE = "schema/deal.schema.json"
"""Where the committed schema lies, within the room `deal`; `make generated` writes it."""

# Editors read `18` and `true` as a number and a flag where a text belongs; the reader takes both.
_ANY_SCALAR = ["string", "number", "boolean"]
_NARROWED = {"pattern", "format", "const", "enum"}


@dataclass(frozen=True)
class SchemaFile:
    """The schema as the text of one JSON file."""

    text: str

    def as_plain(self) -> dict[str, object]:
        """The schema as mappings and lists."""
        plain: dict[str, object] = json.loads(self.text)
        return plain

    def __str__(self) -> str:
        return self.text


def schema() -> SchemaFile:
    """The schema that came with this version; no model is loaded for it."""
    found = files("payforsuccess.deal").joinpath(FILE)
    if not found.is_file():
        raise Refusal(
            Problem("The schema did not come with this installation.", "Install the package anew.")
        )
    return SchemaFile(found.read_text("utf-8"))


def schema_of_models() -> SchemaFile:
    """The schema made anew from the models: what `make generated` writes and a test compares.

    It says which keys and which forms of values a deal file may have. That the parts fit
    together (names that exist, shares that add up, bands that rise) is for `pfs check` to say.
    """
    from payforsuccess.deal.deal import Deal

    made = _plain(Deal.model_json_schema(mode="validation", by_alias=True))
    assert isinstance(made, dict)
    head = {"$schema": DIALECT, "title": TITLE, "description": "A whole deal in one file."}
    text = json.dumps({**head, **_without(made, head)}, indent=2, ensure_ascii=False)
    return SchemaFile(f"{text}\n")


def _plain(part: object) -> object:
    """The schema with what YAML files need: no null, any scalar for a text, one paragraph each."""
    if isinstance(part, list):
        return [_plain(item) for item in part]
    if not isinstance(part, dict):
        return part
    kept = {key: _plain(value) for key, value in part.items()}
    if isinstance(kept.get("title"), str):  # the key over again, with a capital letter
        del kept["title"]
    if kept.get("default", 0) is None:  # a key is left out, never written as null
        del kept["default"]
    if kept.get("type") == "string" and not _NARROWED & set(kept):
        kept["type"] = _ANY_SCALAR
    described = kept.get("description")
    if isinstance(described, str):
        kept["description"] = " ".join(described.partition("\n\n")[0].split())
    return _without_null(kept)


def _without_null(part: dict[str, object]) -> dict[str, object]:
    choices = part.get("anyOf")
    if not isinstance(choices, list) or {"type": "null"} not in choices:
        return part
    others = [choice for choice in choices if choice != {"type": "null"}]
    rest = _without(part, {"anyOf"})
    if len(others) == 1 and isinstance(others[0], dict):
        return {**others[0], **rest}
    return {"anyOf": others, **rest}


def _without(part: dict[str, object], keys: Container[str]) -> dict[str, object]:
    return {key: value for key, value in part.items() if key not in keys}
