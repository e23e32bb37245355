"""Words that say that the public bears no risk: no deal is so, and no file may say it (R131)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from payforsuccess.errors import sentence

HONEST = sentence(
    "Success payments are zero at zero outcomes, and the public still bears what it pays in any "
    "case: the evaluator, its own staff, services paid elsewhere."
)
"""What is so instead."""
_PUBLIC = r"(?:the )?(?:tax[- ]?payers?|public)"
_GOVERNMENT = r"the (?:county|city|state|government)"
_NONE = r"(?:no|without|zero|not any|free of)(?: any| all)?"
_NOT_SO = re.compile(
    "|".join(
        (
            rf"\b{_NONE} (?:tax[- ]?payers?['’]?s?['’]?|public) risks?\b",
            rf"\b{_NONE} risks? (?:to|for|on|of) {_PUBLIC}\b",
            rf"\b{_NONE} risks? (?:to|for) {_GOVERNMENT}\b",
            r"(?<!not )(?<!never )\brisk[- ]free\b"
            r"(?! (?:rates?|returns?|discount|interest|bonds?))",
            rf"\b{_PUBLIC} (?:bears?|carr(?:y|ies)|takes?|runs?|faces?|ha(?:s|ve)) no risks?\b",
            r"\brisks? (?:is|are) (?:wholly|entirely|fully) (?:held|borne|carried|taken) by "
            r"(?:the )?investors?\b",
        )
    )
)
_QUOTED = frozenset({"paper", "evidence", "source", "title", "where"})
"""Keys under which the words of others stand, such as the title of an article."""


def says_without_risk(text: str) -> bool:
    """Whether a text says it, in one of the ways it is put."""
    return _NOT_SO.search(" ".join(text.casefold().split())) is not None


def said_without_risk(
    value: object, path: tuple[str | int, ...] = ()
) -> Iterator[tuple[str | int, ...]]:
    """Places of a plain value whose own words say it; phrases are looked for, not meaning."""
    if isinstance(value, str):
        if says_without_risk(value):
            yield path
    elif isinstance(value, dict):
        for key, item in value.items():
            if key not in _QUOTED:
                yield from said_without_risk(item, (*path, str(key)))
    elif isinstance(value, list | tuple):
        for number, item in enumerate(value):
            yield from said_without_risk(item, (*path, number))
