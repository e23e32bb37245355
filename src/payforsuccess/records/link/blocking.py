"""Which pairs are compared at all: those that agree on one of these keys.

Every key is one that a person's records share even when some identifier is wrong: names may be
misspelt or swapped while the birth date holds, the date may be wrong while the names sound alike.
A key that is missing on one side agrees with nothing.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class BlockingRule:
    """Pairs are compared when this holds.

    `group` names the identifiers that it rests on; `needs`, where training uses the rule, the
    comparisons of which it says nothing.
    """

    says: str
    when: str
    group: str
    needs: tuple[str, ...] = ()


def _same(*columns: str) -> str:
    return " AND ".join(f"l.{column} = r.{column}" for column in columns)


_SOUNDS = _same("given_sound", "family_sound")
_SWAPPED = "l.given_sound = r.family_sound AND l.family_sound = r.given_sound"
_OTHER_BIRTH = "coalesce(l.born_year <> r.born_year AND l.birthday <> r.birthday, false)"
_SSN_IN_PART = "(l.ssn IS NULL OR r.ssn IS NULL)"
BY_NAMES = (
    BlockingRule("the same SSN", _same("ssn"), "ssn"),
    BlockingRule(
        "birth date and sound of the given name", _same("born_key", "given_sound"), "born"
    ),
    BlockingRule(
        "birth date and sound of the family name", _same("born_key", "family_sound"), "born"
    ),
    BlockingRule(
        "birth date and first letters of both names",
        _same("born_key", "given_initial", "family_initial"),
        "born",
    ),
    BlockingRule(
        "birth date and first letters of both given names",
        _same("born_key", "given_initial", "middle_initial"),
        "born",
    ),
    BlockingRule(
        "birth date and a given name that sounds like the other's family name",
        f"{_same('born_key')} AND l.given_sound = r.family_sound",
        "born",
    ),
    BlockingRule(
        "birth date and a family name that sounds like the other's given name",
        f"{_same('born_key')} AND l.family_sound = r.given_sound",
        "born",
    ),
    BlockingRule("birth date and ZIP code", _same("born_key", "postcode"), "born"),
    BlockingRule("birth date and last four of the SSN", _same("born_text", "ssn_last4"), "ssn"),
    BlockingRule(
        "birth date and sound of both names", f"{_same('born_text')} AND {_SOUNDS}", "born"
    ),
    BlockingRule(
        "sound of both names and birth year", f"{_SOUNDS} AND {_same('born_year')}", "names"
    ),
    BlockingRule("sound of both names and birthday", f"{_SOUNDS} AND {_same('birthday')}", "names"),
    BlockingRule(
        "sound of swapped names and birth year", f"{_SWAPPED} AND {_same('born_year')}", "names"
    ),
    BlockingRule("sound of both names and ZIP code", f"{_SOUNDS} AND {_same('postcode')}", "names"),
    BlockingRule(
        "sound of swapped names and ZIP code", f"{_SWAPPED} AND {_same('postcode')}", "names"
    ),
    BlockingRule("home and sound of the given name", _same("street", "given_sound"), "names"),
    BlockingRule(
        "home and sound of the family name, unless birth years and birthdays both differ",
        f"{_same('street', 'family_sound')} AND NOT {_OTHER_BIRTH}",
        "names",
    ),
    BlockingRule(
        "last four of the SSN, where no more is known, and sound of the given name",
        f"{_same('ssn_last4', 'given_sound')} AND {_SSN_IN_PART}",
        "ssn",
    ),
    BlockingRule(
        "last four of the SSN, where no more is known, and sound of the family name",
        f"{_same('ssn_last4', 'family_sound')} AND {_SSN_IN_PART}",
        "ssn",
    ),
)
"""The rules for clear identifiers, the most telling first: a pair is counted under its first."""
TRAINING = (
    BlockingRule("the same birth date", _same("born_text"), "born", ("born_on",)),
    BlockingRule(
        "the same names", _same("given_name", "family_name"), "names", ("given_name", "family_name")
    ),
    BlockingRule("the same SSN", _same("ssn"), "ssn", ("ssn",)),
)
"""The pairs from which is learnt how often identifiers agree: each teaches all but its own."""
