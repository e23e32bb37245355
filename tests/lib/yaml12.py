"""YAML as editors read it (version 1.2): days and yes and no stay text, numbers are numbers."""

from __future__ import annotations

import re

import yaml

FORMS = {
    "tag:yaml.org,2002:bool": r"true|false",
    "tag:yaml.org,2002:int": r"[-+]?[0-9]+",
    "tag:yaml.org,2002:float": r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?",
    "tag:yaml.org,2002:null": r"~|null|",
}


class Loader(yaml.SafeLoader):
    """Scalars by the core schema of YAML 1.2."""

    yaml_implicit_resolvers: dict[str | None, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012


for tag, form in FORMS.items():
    Loader.add_implicit_resolver(tag, re.compile(rf"(?:{form})\Z"), None)


def read_yaml(text: str) -> object:
    """The document in `text`."""
    return yaml.load(text, Loader)
