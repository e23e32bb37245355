"""When two names of people or firms are one, however each is written."""

from __future__ import annotations

from payforsuccess.deal.bare_name import bare_name

ALIKE = 0.88
"""How much alike two names are, 0 to 1, for a person to look at them."""
LEGAL_FORMS = ("inc", "llc", "ltd", "corp", "corporation", "co", "company", "lp", "llp", "plc")
# Letters of other alphabets that are drawn like one of ours, in small letters.
LOOK_ALIKE = str.maketrans(
    "\u0430\u0432\u0435\u043a\u043c\u043d\u043e\u0440\u0441\u0442\u0443\u0445"
    "\u0456\u0458\u0455\u0501\u051b\u051d\u03b1\u03b2\u03b5\u03b9\u03ba\u03bd\u03bf"
    "\u03c1\u03c4\u03c5\u03c7\u03b7\u03bc\u03b6\u0131",
    "abekmhopctyxijsdqwabeikvoptuxnmzi",
)


def plain_name(name: str) -> str:
    """A name however it is spaced, in capitals, accented, or with its legal form."""
    bare = bare_name(name.replace("&", " and "))
    bare = "".join(each for each in bare if each not in ".'’")
    words = "".join(letter if letter.isalnum() else " " for letter in bare).split()
    while len(words) > 1 and words[-1] in LEGAL_FORMS:
        words.pop()
    if len(words) > 1 and words[0] == "the":
        words.pop(0)
    return " ".join(words)


def name_shape(name: str) -> str:
    """A name as it looks: letters drawn alike are one, and words stand in no order."""
    return " ".join(sorted(plain_name(name).translate(LOOK_ALIKE).split()))
