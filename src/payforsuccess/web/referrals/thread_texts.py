"""What a message may not hold, since custody and court read the thread too (R117).

Only what has a plain shape is seen: someone's number, an e-mail address, and a street address of
a house number beside a street word, English or Spanish. A street without a number, or a number
without a street word, is not; nor is `court`, since hearings are in one.
"""

from __future__ import annotations

import re
import unicodedata

from payforsuccess.errors import Problem, sentence
from payforsuccess.runs.assign.kept_texts import number_problems

_NUMBER = r"(?<![\w.,:/-])\d{1,5}(?:-\d{1,5}|\s1/2)?[A-Za-z]?"
_NO_PART = r"(?:am|and|at|by|for|from|in|of|on|or|pm|the|to|with)\b"
_PARTS = rf"(?:\s+(?!{_NO_PART})(?:[\w'’-]{{1,2}}\.|[\w'’-]+)){{1,4}}"
_STREET = r"(?i:street|avenue|ave|boulevard|blvd|lane|ln|road|rd|highway|hwy|parkway|pkwy|terrace)"
# Of these, small letters are words of every day: to drive, on the way, a place, Dr. Lee.
_CAPITAL = (
    r"(?:Drive|Way|Place|Circle|Square|Trail|(?:St|Dr|Pl|Ct|Cir)\b(?=\.?\s*(?:$|[,;!?)#\n])))"
)
_CALLE = r"(?i:calle|avenida|avda|av|bulevar|carretera|camino|callej[oó]n|paseo|plaza)\b\.?"
_NAME = r"\s+(?:(?:de|del|la|las|los|el|\d{1,2}|[^\W\d_a-zà-ÿ][\w'’-]*),?\s+){1,5}?"
_OF_A_HOUSE = r"(?:n[uú]m(?:ero)?\.?\s*|n\.?[º°]\s*|\#\s*)?\d{1,5}\b(?!\s*(?:de\b|:))"
_ADDRESSES = (
    re.compile(rf"(?i:{_NUMBER}{_PARTS})\s+(?:{_STREET}\b|{_CAPITAL}\b)"),
    re.compile(rf"{_NUMBER},?\s+{_CALLE}"),
    re.compile(rf"\b{_CALLE}{_NAME}(?i:{_OF_A_HOUSE})"),
)


def message_problems(text: str) -> list[Problem]:
    """Why a message is not sent; nothing where none of it has the shape of what is kept out."""
    plain = unicodedata.normalize("NFC", text)
    if number_problems(plain, "text"):
        found = sentence("This holds what looks like someone’s number or e-mail address.")
    elif any(address.search(plain) for address in _ADDRESSES):
        found = sentence("This holds what looks like a street address.")
    else:
        return []
    return [Problem(found, sentence("Leave it out: custody or a court reads the thread."))]
