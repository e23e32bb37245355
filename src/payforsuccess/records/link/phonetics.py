"""How a name sounds: Soundex as an expression, so that it runs where the names are."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

_LETTERS = "BFPVCGJKQSXZDTLMNRAEIOUY"
_CODES = "111122222222334556000000"


def soundex(name: ir.StringValue) -> ir.StringValue:
    """The American Soundex of a name in capital letters: its first letter and three digits.

    Letters of one sound in a row count once, also with H or W between them; vowels part them.
    Missing where the name is missing or begins with no letter. Source: National Archives,
    "Soundex System" (2007), as Knuth, The Art of Computer Programming, volume 3, section 6.
    """
    letters = name.re_replace("[^A-Z]", "")
    first = letters.substr(0, 1)
    coded = letters.re_replace("([A-Z])[HW]+", "\\1").translate(_LETTERS, _CODES)
    for digit in sorted(set(_CODES) - {"0"}):
        coded = coded.re_replace(f"{digit}{digit}+", digit)
    digits = coded.substr(1).replace("0", "")
    padded = (first + digits + "000").substr(0, 4)
    return (letters == "").ifelse(ibis.null("string"), padded)
