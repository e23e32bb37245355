"""A sentence for people: ready in English, and able to be told in another language.

A rule answers in English. Whoever shows the answer in another language needs what the rule filled
in, and not the finished text: so a sentence keeps its template and its values, and is a text all
the same. A word on its own is a sentence without values.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Literal, cast

Value = str | int | date
"""What stands in a template; text that is a sentence is told in the other language too."""
Plain = str | Mapping[str, object]
"""A text as a file of JSON keeps it."""


class Sentence(str):
    """The English text, with the template and the values that it was made from."""

    template: str
    values: Mapping[str, Value]

    def __format__(self, how: str) -> str:
        """As in any text; `{role:small}` asks for small letters, `{who:capital}` for a capital."""
        if how == "capital":
            return self[:1].upper() + self[1:]
        return self.lower() if how == "small" else super().__format__(how)

    def __reduce__(self) -> tuple[object, ...]:
        """A copy keeps template and values."""
        return _made, (self.template, dict(self.values))

    def told(self, translated: Callable[[str], str], shown: Callable[[int | date], str]) -> str:
        """The sentence in another language.

        translated: a template in that language. shown: a number or a day as it is written there;
        numbers with a form of their own (`{n:,}`) keep it. Values that are names stay as they are.
        """
        told: dict[str, object] = {}
        for name, value in self.values.items():
            if isinstance(value, Sentence):
                told[name] = value.told(translated, shown)
            else:
                told[name] = shown(value) if isinstance(value, date) else value
        return _filled(translated(self.template), told)

    def as_plain(self) -> Mapping[str, object]:
        """For a file; `text_of` reads it again."""
        return {"says": self.template, "with": {k: _kept(v) for k, v in self.values.items()}}


def sentence(template: str, /, **values: Value) -> Sentence:
    """The template with its values filled in, as `str.format` does.

    The template is written out at the call, so that the catalogue of the web finds it. KeyError
    for a name without a value.
    """
    return _made(template, values)


def in_a_row(parts: Sequence[str], *, between: str = ", ") -> Sentence:
    """Several texts one after the other, each told for itself."""
    names = [f"part_{number}" for number in range(len(parts))]
    return _made(
        between.join(f"{{{name}}}" for name in names), dict(zip(names, parts, strict=True))
    )


def listed(parts: Sequence[str], *, last: Literal["and", "or"] = "and") -> Sentence:
    """`one, two and three`."""
    if len(parts) < 2:
        return in_a_row(parts)
    first = in_a_row(parts[:-1])
    if last == "or":
        return sentence("{first} or {last}", first=first, last=parts[-1])
    return sentence("{first} and {last}", first=first, last=parts[-1])


def with_and(parts: Sequence[str]) -> str:
    """`one and two and three`, for names that have commas of their own."""
    row = parts[0] if parts else ""
    for part in parts[1:]:
        row = sentence("{first} and {last}", first=row, last=part)
    return row


def plain_of(text: str) -> Plain:
    """A text as a file keeps it: a sentence with its values, any other text as it is."""
    return text.as_plain() if isinstance(text, Sentence) else text


def text_of(plain: Plain) -> str:
    """A text as it was before `plain_of`; KeyError or ValueError for what it did not write."""
    if isinstance(plain, str):
        return plain
    values = cast("Mapping[str, object]", plain["with"])
    return _made(str(plain["says"]), {name: _read(value) for name, value in values.items()})


def _made(template: str, values: Mapping[str, Value]) -> Sentence:
    made = Sentence(_filled(template, values))
    made.template, made.values = template, values
    return made


def _filled(template: str, values: Mapping[str, object]) -> str:
    if not values:
        return template
    # Any text knows `small` and `capital` here.
    known = {k: Sentence(v) if isinstance(v, str) else v for k, v in values.items()}
    return template.format_map(known)


def _kept(value: Value) -> object:
    if isinstance(value, date):
        return {"day": value.isoformat()}
    return value if isinstance(value, int) else plain_of(value)


def _read(value: object) -> Value:
    if isinstance(value, int | str):
        return value
    kept = cast("Mapping[str, object]", value)
    return date.fromisoformat(str(kept["day"])) if "day" in kept else text_of(kept)
