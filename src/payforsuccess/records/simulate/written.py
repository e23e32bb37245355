"""How an agency writes a person down: the identifiers of a record, with the errors of its hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from payforsuccess.records.simulate import words
from payforsuccess.records.simulate.draws import Flags, Letters, Rng, Whole
from payforsuccess.records.simulate.people import People, social_security_digits
from payforsuccess.records.simulate.plan import WritingErrors

_LOWER = np.frombuffer(b"abcdefghijklmnopqrstuvwxyz", np.uint8)
_COLUMNS = np.arange(words.WIDTH)


@dataclass(frozen=True)
class Written:
    """Identifiers, one row a record, and which errors each record has: the truth about them."""

    columns: Mapping[str, pa.Array]
    errors: Mapping[str, Flags]

    def of(self, records: Whole) -> dict[str, pa.Array]:
        """The identifiers of these records, by position, under the names of the layouts."""
        at = pa.array(records)
        return {name: column.take(at) for name, column in self.columns.items()}


def write_down(
    people: People,
    who: Whole,
    *,
    errors: WritingErrors,
    ssn_missing: float,
    rng: Rng,
    is_alias: Flags | None = None,
) -> Written:
    """Each of `who`, positions in the block, as an agency has them on file; aliases lie."""
    size = len(who)
    alias = np.zeros(size, bool) if is_alias is None else is_alias

    def happens(share: float) -> Flags:
        return rng.random(size) < share

    found: dict[str, Flags] = {"surname_changed": happens(errors.surname_changed) | alias}
    given_at = np.where(alias, (people.given[who] * 7 + 13) % words.GIVEN, people.given[who])
    given = np.where(people.is_female[who], words.FEMALE[given_at], words.MALE[given_at])
    family_at = np.where(found["surname_changed"], people.other_family[who], people.family[who])
    given, found["given_typo"] = _mistyped(given, happens(errors.typo), rng)
    family, found["family_typo"] = _mistyped(words.FAMILY[family_at], happens(errors.typo), rng)
    found["names_swapped"] = happens(errors.names_swapped)
    given, family = (
        np.where(found["names_swapped"], family, given),
        np.where(found["names_swapped"], given, family),
    )
    found["birth_date_wrong"] = happens(errors.birth_date_wrong)
    born = np.where(found["birth_date_wrong"], _wrong_day(people.born[who], rng), people.born[who])
    found["ssn_missing"] = happens(ssn_missing) | alias
    found["ssn_digit_wrong"] = happens(errors.ssn_digit_wrong) & ~found["ssn_missing"]
    ssn = _wrong_digit(social_security_digits(people.ssn[who]), found["ssn_digit_wrong"], rng)
    found["has_moved"] = happens(errors.has_moved)
    found["zip_missing"] = happens(errors.zip_missing)
    has_middle = happens(0.5)
    middle = (people.middle[who] + 65).astype(np.uint8).view("S1")
    columns = {
        "given_name": _text(given),
        "middle_name": _text(middle, missing=~has_middle),
        "family_name": _text(family),
        "name_suffix": pa.nulls(size, pa.string()),
        "born_on": days(born),
        "ssn": _text(_numbered(ssn), missing=found["ssn_missing"]),
        "sex": pa.array(np.where(people.is_female[who], "female", "male")),
        **_address(people, who, found),
    }
    return Written(columns, found)


def days(numbers: Whole, *, missing: Flags | None = None) -> pa.Array:
    """Days counted from 1970 as days; missing where said."""
    return pa.array(numbers.astype(np.int32), pa.int32(), mask=missing).cast(pa.date32())


def numbered(prefix: str, numbers: Whole, digits: int) -> pa.Array:
    """`prefix` and the number with leading zeros, as agencies number things."""
    made = _digits(numbers, digits).view(f"S{digits}").ravel()
    return _text(np.char.add(prefix.encode("ascii"), made))


def _address(people: People, who: Whole, found: Mapping[str, Flags]) -> dict[str, pa.Array]:
    moved = found["has_moved"]

    def either(name: str) -> Whole:
        home, other = getattr(people.home, name)[who], getattr(people.other_home, name)[who]
        return np.where(moved, other, home)

    number = either("number").astype("S5")
    street, kind = words.STREETS[either("street")], words.STREET_KINDS[either("street_kind")]
    line = np.char.add(np.char.add(number, b" "), np.char.add(np.char.add(street, b" "), kind))
    return {
        "street": _text(line),
        "city": _text(words.CITIES[either("city")]),
        "postcode": _text(
            _digits(either("zip"), 5).view("S5").ravel(), missing=found["zip_missing"]
        ),
    }


def _text(letters: Letters, *, missing: Flags | None = None) -> pa.Array:
    return pa.array(letters, pa.binary(), mask=missing).cast(pa.string())


def _digits(numbers: Whole, digits: int) -> np.ndarray:
    powers = 10 ** np.arange(digits - 1, -1, -1, dtype=np.int64)
    return np.ascontiguousarray((numbers[:, None] // powers % 10 + 48).astype(np.uint8))


def _numbered(ssn: Whole) -> Letters:
    drawn = _digits(ssn, 9)
    dash = np.full((len(ssn), 1), 45, np.uint8)
    joined = np.hstack([drawn[:, :3], dash, drawn[:, 3:5], dash, drawn[:, 5:]])
    return np.ascontiguousarray(joined).view("S11").ravel()


def _wrong_digit(numbers: Whole, wrong: Flags, rng: Rng) -> Whole:
    """One of the last four digits off by one to nine, where wrong: the range stays nobody's."""
    size = len(numbers)
    power = 10 ** np.floor(rng.random(size) * 4).astype(np.int64)
    digit = numbers // power % 10
    other = (digit + 1 + np.floor(rng.random(size) * 9).astype(np.int64)) % 10
    return np.where(wrong, numbers + (other - digit) * power, numbers)


def _wrong_day(born: Whole, rng: Rng) -> Whole:
    """Another day: month and day swapped where they can be, else a day or a year nearby."""
    size = len(born)
    day = born.astype("datetime64[D]")
    month = day.astype("datetime64[M]")
    in_month = (day - month).astype(np.int64) + 1
    in_year = month.astype(np.int64) % 12 + 1
    year = month.astype("datetime64[Y]")
    swapped = (
        (year.astype("datetime64[M]") + (in_month - 1).astype("timedelta64[M]")).astype(
            "datetime64[D]"
        )
        + (in_year - 1).astype("timedelta64[D]")
    ).astype(np.int64)
    sign = np.where(rng.random(size) < 0.5, -1, 1)
    kind = rng.random(size)
    near = born + sign * (1 + np.floor(rng.random(size) * 9).astype(np.int64))
    years = born + sign * np.where(rng.random(size) < 0.7, 365, 3_652)
    can_swap = (in_month <= 12) & (in_month != in_year) & (kind < 0.4)
    return np.where(can_swap, swapped, np.where(kind < 0.7, near, years))


def _mistyped(names: Letters, wrong: Flags, rng: Rng) -> tuple[Letters, Flags]:
    """The names, with one typing error where wrong; each error really changes the name."""
    out = names.copy()
    at = np.flatnonzero(wrong)
    drawn = rng.random((4, len(names)))[:, at]
    letters = np.ascontiguousarray(names[at]).view(np.uint8).reshape(len(at), words.WIDTH).copy()
    length = (letters != 0).sum(axis=1)
    place = np.floor(drawn[0] * length).astype(np.int64)
    rows = np.arange(len(at))
    here = letters[rows, place]
    after = letters[rows, np.minimum(place + 1, length - 1)]
    kind = np.floor(drawn[1] * 4).astype(np.int64)
    kind = np.where((kind == 3) & (here == after), 0, kind)
    typed = _LOWER[(here - 97 + 1 + np.floor(drawn[2] * 24).astype(np.int64)) % 26]

    dropped = kind == 1
    source = _COLUMNS + (dropped[:, None] & (place[:, None] <= _COLUMNS))
    added = kind == 2
    source -= added[:, None] & (place[:, None] < _COLUMNS)
    made = np.take_along_axis(letters, source.clip(0, words.WIDTH - 1), axis=1)
    made[dropped, words.WIDTH - 1] = 0
    changed = (kind == 0) | added
    made[rows[changed], place[changed] + added[changed]] = typed[changed]
    swapped = kind == 3
    made[rows[swapped], place[swapped]] = after[swapped]
    made[rows[swapped], place[swapped] + 1] = here[swapped]
    out[at] = np.ascontiguousarray(made).view(f"S{words.WIDTH}").ravel()
    return out, wrong
