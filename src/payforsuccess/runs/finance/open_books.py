"""The books of capital, held open by one process at a time, so that facts can be put in them."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar, cast

from pydantic import ValidationError

from payforsuccess.deal.capital_record import CapitalRecord
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.model import Model
from payforsuccess.deal.reading.added import CannotAdd, with_item, with_key
from payforsuccess.deal.reading.capital_record import read_capital_record
from payforsuccess.deal.whole_file import FieldPath
from payforsuccess.errors import Place, Problem, Refusal, sentence
from payforsuccess.finance.capital_record import Followed, follow
from payforsuccess.finance.capital_record.calls import CallState, call_states
from payforsuccess.runs.files import locked, read_bytes, write_whole
from payforsuccess.runs.finance.capital_file import capital_record_of
from payforsuccess.runs.folder import DealFolder, DealPath, open_folder
from payforsuccess.units import CURRENCY_DIGITS

AFact = TypeVar("AFact", bound=Model)


@dataclass(frozen=True)
class Books:
    """A deal with its record of capital as it is while nobody else writes it."""

    folder: DealFolder
    deal: Deal
    record: CapitalRecord
    file: Path
    content: bytes

    def followed(self, on: date) -> Followed:
        """The book at the end of a day."""
        return follow(self.deal, self.record, as_of=on)

    def call(self, name: str, on: date) -> CallState:
        """Where a call stands; refuses one that was not made by the day."""
        states = call_states(self.deal, self.record, on=on)
        found = next((each for each in states if each.call.name == name), None)
        if found is None:
            known = ", ".join(each.call.name for each in states) or sentence("none")
            raise Refusal(
                Problem(
                    sentence("There is no call `{name}` on {on}.", name=name, on=on),
                    sentence("Calls on record: {known}.", known=known),
                    Place(str(self.file), field="calls"),
                )
            )
        return found

    def at(self, state: CallState) -> FieldPath:
        """Where a call stands in the file."""
        return ("calls", self.record.calls.index(state.call))

    def amount(self, minor: int) -> Fraction:
        """Minor units as the file writes them."""
        return Fraction(minor, 10 ** CURRENCY_DIGITS[self.deal.currency])

    def add(self, path: FieldPath, fact: Model, *, tall: bool = False) -> Books:
        """Put a fact at the end of a list, and write the file; the books as they are then."""
        plain = fact.as_plain()
        return self._write(path, fact, lambda text: with_item(text, path, plain, tall=tall))

    def set(self, path: FieldPath, key: str, fact: Model) -> Books:
        """Put a key where there was none, and write the file; the books as they are then."""
        plain = fact.as_plain()
        return self._write((*path, key), fact, lambda text: with_key(text, path, key, plain))

    def _write(self, path: FieldPath, fact: Model, change: Callable[[str], str]) -> Books:
        """Change the text, read it again, and keep it where the fact and nothing else is new."""
        try:
            content = change(self.content.decode("utf-8-sig")).encode()
            after = read_capital_record(content, self.deal, file=str(self.file))
        except CannotAdd:
            raise self._unwritable(path) from None
        if after.model_dump() != _with(self.record, path, fact):
            raise self._unwritable(path)
        if read_bytes(self.file) != self.content:
            raise Refusal(
                Problem(
                    sentence("{name} was changed by hand at this moment.", name=self.file.name),
                    sentence("Look at it, and try again."),
                    Place(str(self.file)),
                )
            )
        write_whole(self.file, content)
        return replace(self, record=after, content=content)

    def _unwritable(self, path: FieldPath) -> Refusal:
        where = self.record.place_of(*path)
        return Refusal(
            Problem(
                sentence(
                    "{name} is written in a form in which nothing can be put here.",
                    name=self.file.name,
                ),
                sentence("Write its lists with a hyphen and a line for each item, then try again."),
                where,
            )
        )


@contextlib.contextmanager
def open_books(path: DealPath) -> Iterator[Books]:
    """The books beside a deal; who else would write them waits.

    Refuses a deal without `capital.yaml`, and one that does not hold against the deal.
    """
    folder = open_folder(path)
    with locked(folder.out / "capital"):
        deal = folder.history().latest
        record, file = capital_record_of(folder, deal, needed=True)
        assert file is not None
        yield Books(folder, deal, record, file, read_bytes(file))


def made(kind: type[AFact], **values: object) -> AFact:
    """A fact of the record; refuses what its model does, with the field."""
    try:
        return kind.model_validate(values)
    except ValidationError as error:
        raise Refusal(
            Problem(
                cast("str", each.get("ctx", {}).get("what") or f"{each['msg']}."),
                cast("str", each.get("ctx", {}).get("do") or sentence("Correct it.")),
                Place(field=".".join(map(str, each["loc"]))),
            )
            for each in error.errors(include_input=False, include_url=False)
        ) from None


def _with(record: CapitalRecord, path: FieldPath, fact: Model) -> dict[str, object]:
    """What the record is with the fact at its place, as the reading of the file must give it."""
    plain: Any = record.model_dump()
    whole, held = plain, plain
    for part in path[:-1]:
        held = held[part]
    if isinstance(held.get(path[-1]), tuple):
        held[path[-1]] = (*held[path[-1]], fact.model_dump())
    else:
        held[path[-1]] = fact.model_dump()
    return dict(whole)
