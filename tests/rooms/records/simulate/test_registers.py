"""Two registers for linkage: who is in both, and how much each says of them, is as planned."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from payforsuccess.records.simulate.registers import TwoRegisters, two_registers

RECORDS = 20_000


@pytest.fixture(scope="module")
def both() -> TwoRegisters:
    parts = list(two_registers(RECORDS, seed=5))
    return TwoRegisters(
        pa.concat_tables([part.one for part in parts]),
        pa.concat_tables([part.other for part in parts]),
    )


def test_six_in_ten_are_in_both_and_nobody_is_twice_in_one(both: TwoRegisters) -> None:
    one, other = set(both.one["person"].to_pylist()), set(both.other["person"].to_pylist())

    assert both.one.num_rows == both.other.num_rows == RECORDS
    assert len(one) == len(other) == RECORDS
    assert len(one & other) == RECORDS * 6 // 10
    assert len(set(both.one["record"].to_pylist())) == RECORDS


def test_a_record_number_tells_nothing_of_the_person(both: TwoRegisters) -> None:
    numbers = np.array([int(text[1:]) for text in both.one["record"].to_pylist()])
    people = both.one["person"].to_numpy()

    assert abs(np.corrcoef(numbers, people)[0, 1]) < 0.04


def test_identifiers_are_missing_as_often_as_planned(both: TwoRegisters) -> None:
    assert within_chance(both.one["ssn"].null_count, RECORDS, 0.55)
    assert within_chance(both.other["ssn"].null_count, RECORDS, 0.35)
    assert within_chance(both.one["postcode"].null_count, RECORDS, 0.35)


def test_names_and_birth_dates_agree_exactly_for_fewer_than_half(both: TwoRegisters) -> None:
    """The error rates that linkage was measured at left exact agreement at 44 percent."""
    pairs = both.one.join(both.other, "person", "person", "inner", right_suffix="_other")
    same = pc.and_(
        pc.and_(
            pc.equal(pairs["given_name"], pairs["given_name_other"]),
            pc.equal(pairs["family_name"], pairs["family_name_other"]),
        ),
        pc.equal(pairs["born_on"], pairs["born_on_other"]),
    )

    assert 0.42 < pc.mean(same).as_py() < 0.52


def test_no_number_is_one_that_was_ever_given_out(both: TwoRegisters) -> None:
    numbers = pc.drop_null(both.one["ssn"]).to_pylist()

    assert all(text[0] == "9" and 1 <= int(text[4:6]) <= 49 for text in numbers)
    assert all(int(text) < 501 for text in pc.drop_null(both.one["postcode"]).to_pylist())


def within_chance(count: int, of: int, share: float) -> bool:
    """Whether a count is one that chance gives all but once in a million times (4.9 sigma)."""
    return abs(count - of * share) < 4.9 * (of * share * (1 - share)) ** 0.5
