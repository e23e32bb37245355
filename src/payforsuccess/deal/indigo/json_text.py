"""JSON with exact numbers: nothing passes through floating point, and nothing runs away."""

from __future__ import annotations

import json
import re
from fractions import Fraction

from payforsuccess.errors import Place, Problem, Refusal

_LONGEST = 40
_MOST_EXPONENT = 30
_EXPONENT = re.compile(r"[eE]([+-]?\d{1,3})$")


class Strange(str):
    """A number that is too long to be one, or `NaN`: kept as text, so that its field refuses it."""


def parsed(content: bytes, *, file: str) -> object:
    """What a JSON file holds; numbers are fractions. Raises Refusal for what is no JSON.

    Refuses bytes that are no UTF-8, a key that is given twice, and parts nested too deep.
    """
    place = Place(file)
    twice: list[str] = []

    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        made = dict(pairs)
        if len(made) < len(pairs):
            keys = [key for key, _ in pairs]
            twice.extend(sorted({key for key in keys if keys.count(key) > 1}))
        return made

    try:
        text = content.decode("utf-8-sig")
        found: object = json.loads(
            text,
            object_pairs_hook=once,
            parse_int=_number,
            parse_float=_number,
            parse_constant=Strange,
        )
    except UnicodeDecodeError:
        raise Refusal(
            Problem("The file is not text in UTF-8.", "Save it as JSON in UTF-8.", place)
        ) from None
    except json.JSONDecodeError as error:
        raise Refusal(
            Problem(
                "This is not JSON.",
                "Correct it at this place, or export it again.",
                Place(file, error.lineno, error.colno),
            )
        ) from None
    except RecursionError:
        raise Refusal(
            Problem("The parts of the file are nested too deep.", "Check the file.", place)
        ) from None
    if twice:
        raise Refusal(
            [
                Problem(
                    "A field is given twice in one part.",
                    "Keep one of them.",
                    Place(file, field=key[:60]),
                )
                for key in dict.fromkeys(twice)
            ]
        )
    return found


def _number(text: str) -> Fraction | Strange:
    power = _EXPONENT.search(text)
    if len(text) > _LONGEST or (power is not None and abs(int(power[1])) > _MOST_EXPONENT):
        return Strange(text[:_LONGEST])
    if power is None and re.search("[eE]", text):
        return Strange(text)
    return Fraction(text)
