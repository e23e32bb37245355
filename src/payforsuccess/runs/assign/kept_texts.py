"""What may not stand in a text of the list, which is kept for good: numbers and names of people."""

from __future__ import annotations

import re
import unicodedata

from payforsuccess.errors import Problem

_APART = r"(?:[^\w,;]|_){0,3}"
_OF_THE_STATE = re.compile(rf"(?<!\d)\d{{3}}{_APART}\d{{2}}{_APART}\d{{4}}(?!\d)")
_OF_A_PHONE = re.compile(rf"(?<!\d)\d{{3}}{_APART}\d{{3}}{_APART}\d{{4}}(?!\d)")
_LONG = re.compile(r"\d{6,}")
_ADDRESS = re.compile(r"\S@\S")
_DAY = re.compile(r"(?<!\d)(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{4})(?!\d)")
_NAME_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['\u2019-])*\.?")
_LISTED = """
act agency appeals board bureau case center centre chief circuit city clerk code commission
committee council county court department director district division federal health home
hospital house housing human institute institutional jail judge juvenile law magistrate
municipal national office officer order parole penal probation program programme public
review school section service services shelter sheriff social state superior supreme the
title unit university veterans
"""
_NO_ONES_NAME = frozenset(_LISTED.split())


def number_problems(text: str, what: str) -> list[Problem]:
    """Digits like a Social Security number's, a phone's or another identifier's; never shown.

    A day is none of them. Identifiers of fewer than six digits cannot be told from other numbers.
    """
    plain = _DAY.sub("a day", unicodedata.normalize("NFKC", text))
    if _OF_THE_STATE.search(plain):
        found = "a Social Security number"
    elif _OF_A_PHONE.search(plain) or _LONG.search(plain):
        found = "someone's number"
    elif _ADDRESS.search(plain):
        found = "an e-mail address"
    else:
        return []
    return [
        Problem(
            f"--{what} holds what looks like {found}, and the list is kept for good.",
            "Leave it out; a pseudonymous key says who is meant.",
        )
    ]


def name_problems(text: str, what: str) -> list[Problem]:
    """Two words with capitals that stand together, as a name does; courts and offices are none."""
    before = ""
    for word in text.split():
        bare = word.strip("()[]\"'\u201c\u201d,;:!?")
        is_like_one = (
            _NAME_WORD.fullmatch(bare) is not None
            and bare[0].isupper()
            and bare.rstrip(".").casefold() not in _NO_ONES_NAME
        )
        if is_like_one and before:
            return [
                Problem(
                    f"--{what} has words written like a person's name, and the list is kept for "
                    "good.",
                    "Write it without names, such as: moved to another county; ordered by a judge.",
                )
            ]
        # "Smith, John" and "J. Smith" are names too; the end of a sentence parts two words.
        is_an_end = word.endswith(("!", "?", ":", ";")) or (bare[-1:] == "." and len(bare) > 2)
        before = bare if is_like_one and not is_an_end else ""
    return []
