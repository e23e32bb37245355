"""When two keys are one as people write them: in capitals or not, with hyphens or without."""

from __future__ import annotations

import re

_BETWEEN_DIGITS = re.compile(r"(?<=\d)[-_ ]+(?=\d)")
_SEPARATORS = re.compile(r"[-_ ]+")


def look_of(key: str) -> str:
    """What is left of a person's key when it is retyped: its letters and digits, in small letters.

    `T7HX-A4NE`, `t7hx_a4ne` and `t7hxa4ne` look alike. A key that chance made has no double among
    such forms, so that two of one form are one person or a slip.
    """
    return _SEPARATORS.sub("", key.casefold())


def cluster_look_of(key: str) -> str:
    """The same of a cluster's key, where a hyphen between digits counts: `1-11` is not `11-1`."""
    return _SEPARATORS.sub("", _BETWEEN_DIGITS.sub("/", key.casefold()))
