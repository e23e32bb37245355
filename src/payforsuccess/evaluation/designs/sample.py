"""The people a plan compares, as arrays: what every design reads of the rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from payforsuccess.errors import Problem, Refusal

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]
Mask = NDArray[np.bool_]

KNOWN = "known"
EVENT, WINDOW = "event", "window"
"""Words of `ended`: the event came; it had not when the window was over."""
BLOCK, BLOCK_PLACES, BLOCK_TREATED = ":block", ":block:places", ":block:treated"
"""The block or round in which a person was drawn, by number; its places, and those for the treated
arm; where a sealed list tells them."""
LABEL = ":label"
"""Behind a fact's name: the column of its words, where it has words and not numbers."""


@dataclass(frozen=True, eq=False)
class Sample:
    """n people of two arms; every array has one place a person, in the order of the rows.

    rows hold no key. They always have arm, quantity (missing where unknown) and status; and, where
    the plan asks: `took_part`, `died`, `moved`, `linked` (true or false), `score` (the weakest link
    of the person's records), `before` (the quantity before), `days` (that the person was watched,
    the day of the start being day 1; missing where not known), `ended` (what ended the watching:
    `event`, `window` where it was seen to its end, else another word, such as `death`),
    `start_on`, `site`, `person` (a number from 0 that says which rows are one person's, and nothing
    else), a column for each fact about people, and `name:since` for each that changes.

    A plan that compares no arms has everyone in one, and control_arm is then empty.
    """

    rows: pa.Table
    treated_arm: str
    control_arm: str

    @classmethod
    def of(cls, rows: pa.Table, *, treated: str, control: str) -> Sample:
        """The people of the two arms; those of other arms are left out."""
        mine = pc.is_in(rows["arm"], pa.array([treated, control]))
        return cls(rows.filter(mine), treated, control)

    @classmethod
    def everyone(cls, rows: pa.Table, *, arm: str) -> Sample:
        """All people in one arm of this name, whatever arms the rows tell."""
        label = pa.array([arm] * rows.num_rows, pa.string())
        return cls(with_column(rows, "arm", label), arm, "")

    @property
    def sides(self) -> tuple[tuple[str, Mask], ...]:
        """The arms by name, the treated one first, with who is in them; one where there is one."""
        treated = (self.treated_arm, self.treated)
        return (treated, (self.control_arm, ~self.treated)) if self.control_arm else (treated,)

    def __len__(self) -> int:
        """How many people."""
        return int(self.rows.num_rows)

    def take(self, places: Mask | NDArray[np.int64]) -> Sample:
        """The people at these places, or for whom the mask is true, in that order."""
        chosen = np.flatnonzero(places) if places.dtype == np.bool_ else places
        return Sample(self.rows.take(pa.array(chosen)), self.treated_arm, self.control_arm)

    @cached_property
    def known(self) -> Sample:
        """Those whose outcome is known."""
        return self.take(~np.isnan(self.outcome))

    @cached_property
    def treated(self) -> Mask:
        """(n,): who is in the treated arm."""
        return np.asarray(pc.equal(self.rows["arm"], self.treated_arm).to_pylist(), dtype=bool)

    @cached_property
    def outcome(self) -> Floats:
        """(n,): the quantity in the measure's own unit, NaN where unknown."""
        return self.numbers("quantity")

    def has(self, column: str) -> bool:
        """Whether the rows tell this."""
        return column in self.rows.column_names

    def numbers(self, column: str) -> Floats:
        """(n,) float64, NaN where missing."""
        values = self.rows[column].cast(pa.float64())
        found: Floats = values.to_numpy(zero_copy_only=False).astype(np.float64)
        return found

    def flags(self, column: str) -> Mask:
        """(n,) bool; missing is false."""
        return np.asarray([bool(v) for v in self.rows[column].to_pylist()], dtype=bool)

    def words(self, column: str) -> list[Any]:
        """A fact as it is told: its words, else its number; None where missing."""
        if self.has(column + LABEL):
            both = zip(
                self.rows[column + LABEL].to_pylist(),
                self.rows[column].to_pylist() if self.has(column) else [None] * len(self),
                strict=True,
            )
            return [label if label is not None else number for label, number in both]
        return list(self.rows[column].to_pylist())

    def codes(self, columns: Sequence[str], what: str) -> Codes:
        """(n,): one number from 0 for each combination of these facts.

        Refuses people of whom one of the facts is not known; `what` names their use.
        """
        told = list(zip(*(self.words(column) for column in columns), strict=True))
        missing = sum(any(part is None for part in row) for row in told)
        if missing:
            raise Refusal(
                Problem(
                    f"Of {missing:,} of {len(self):,} people {' or '.join(columns)} is not known, "
                    f"which makes the {what}.",
                    "Complete the facts at referral; no one is left out silently.",
                )
            )
        order = {row: at for at, row in enumerate(sorted(set(told), key=str))}
        return np.array([order[row] for row in told], dtype=np.int64)

    def covariates(self, names: Sequence[str]) -> tuple[Floats, tuple[str, ...]]:
        """(n, k) and the k names: numbers as they are, words as one column for each but the first.

        Refuses people of whom a covariate is not known.
        """
        columns, labels = [], []
        problems = []
        for name in names:
            numbers = self._numbers_alone(name)
            told = self.words(name) if numbers is None else []
            missing = (
                sum(value is None for value in told)
                if numbers is None
                else int(np.isnan(numbers).sum())
            )
            if missing:
                problems.append(
                    Problem(
                        f"Of {missing:,} of {len(self):,} people {name} is not known, and the plan "
                        "adjusts for it.",
                        "Complete it, or amend the plan before results are known.",
                    )
                )
            elif numbers is not None:
                columns.append(numbers)
                labels.append(name)
            elif any(isinstance(value, str) for value in told):
                for word in sorted(set(map(str, told)))[1:]:
                    columns.append(np.array([str(value) == word for value in told], np.float64))
                    labels.append(f"{name}: {word}")
            else:
                columns.append(np.array([float(value) for value in told]))
                labels.append(name)
        if problems:
            raise Refusal(problems)
        made = np.column_stack(columns) if columns else np.empty((len(self), 0))
        return made, tuple(labels)

    def _numbers_alone(self, name: str) -> Floats | None:
        """A fact told in numbers alone, without going through each; None for any other."""
        kind = self.rows.schema.field(name).type if self.has(name) else pa.null()
        is_number = pa.types.is_integer(kind) or pa.types.is_floating(kind)
        return self.numbers(name) if is_number and not self.has(name + LABEL) else None

    def total(self, mask: Mask) -> Fraction:
        """The exact sum of the known quantities of these people."""
        values = self.rows["quantity"].filter(pa.array(mask)).drop_null()
        found = pc.sum(values).as_py()
        return Fraction(0) if found is None else Fraction(str(found))

    @property
    def is_yes_no(self) -> bool:
        """Whether every known outcome is 0 or 1."""
        known = self.outcome[~np.isnan(self.outcome)]
        return bool(np.isin(known, (0.0, 1.0)).all())


def with_column(rows: pa.Table, name: str, values: pa.Array) -> pa.Table:
    """The rows with this column, in place of one of that name."""
    if name in rows.column_names:
        return rows.set_column(rows.column_names.index(name), name, values)
    return rows.append_column(name, values)
