"""Whom a proposal names, and when two names are one."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from payforsuccess.selection.proposals import Proposal

LEGAL_FORMS = ("inc", "llc", "ltd", "corp", "corporation", "co", "company", "lp", "llp", "plc")


def parts_of(proposal: Proposal) -> Iterator[tuple[str, str]]:
    """Everyone a proposal names, with the part each has in it."""
    yield proposal.by, "lead"
    for part, names in (
        ("affiliate", proposal.affiliates),
        ("subcontractor", proposal.subcontractors),
        ("named for the work", proposal.people),
    ):
        for name in names:
            yield name, part


def plain_name(name: str) -> str:
    """A name however it is spaced, in capitals, accented, or with its legal form."""
    bare = unicodedata.normalize("NFKD", name.replace("&", " and ")).casefold()
    bare = "".join(each for each in bare if not unicodedata.combining(each) and each not in ".'’")
    words = "".join(letter if letter.isalnum() else " " for letter in bare).split()
    while len(words) > 1 and words[-1] in LEGAL_FORMS:
        words.pop()
    if len(words) > 1 and words[0] == "the":
        words.pop(0)
    return " ".join(words)
