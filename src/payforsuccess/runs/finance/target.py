"""A target of a price search as people write it: `rate=5%`, `multiple=1.05`, `paid=1000000`."""

from __future__ import annotations

import re

from payforsuccess.deal.reading import read_value
from payforsuccess.errors import Problem, Refusal
from payforsuccess.finance.forecast import forecast
from payforsuccess.finance.simulate.price import Target
from payforsuccess.finance.value import value_of
from payforsuccess.runs.files import read_bytes
from payforsuccess.runs.finance.files import Financed
from payforsuccess.units import CURRENCY_DIGITS, exact

VALUE_FILE = "value.yaml"
_FORM = re.compile(r"(rate|multiple|paid)=(\S+)")


def target_of(text: str, financed: Financed, *, of: str = "all") -> Target:
    """The target that a text names; refuses a form it does not know and sizes out of reach.

    `paid=value` is what outcomes are worth to the payors, cashable, in the base case, by the
    `value.yaml` beside the deal: the price at which they pay out what they save.
    """
    found = _FORM.fullmatch(text.strip())
    if found is None:
        raise _refused(f"“{text}” is no target.")
    kind, said = found.groups()
    if is_worth(text):
        return Target("paid", _worth(financed))
    try:
        number = exact(said.rstrip("%").replace(",", ""))
    except ValueError:
        raise _refused(f"“{said}” is no number.") from None
    if said.endswith("%"):
        number = number / 100
    match kind:
        case "rate":
            if not said.endswith("%") and number > 1:
                raise Refusal(
                    Problem(
                        f"“{text}” is a rate of {float(number):.0%} a year.",
                        f"Write rate={said}% for {said} percent a year.",
                    )
                )
            if not -1 < number <= 10:
                raise _refused(f"A rate of {float(number):.0%} a year is out of reach.")
            return Target("rate", float(number), of)
        case "multiple":
            if number <= 0:
                raise _refused("A multiple is above 0.")
            return Target("multiple", float(number), of)
        case _:
            if number <= 0:
                raise _refused("What is paid is above 0.")
            digits = 10 ** CURRENCY_DIGITS[financed.deal.currency]
            return Target("paid", float(number * digits))


def is_worth(text: str) -> bool:
    """Whether a target is what outcomes are worth by `value.yaml`."""
    return text.strip() == "paid=value"


def _worth(financed: Financed) -> float:
    """Cashable value to the deal's payors, base case, in minor units."""
    path = financed.folder.root / VALUE_FILE
    if not path.is_file():
        raise Refusal(
            Problem(
                f"There is no {VALUE_FILE} beside the deal, so nothing says what outcomes are "
                "worth.",
                "Write it, or name an amount: --target paid=AMOUNT.",
            )
        )
    file = read_value(read_bytes(path), financed.deal, file=str(path))
    found = forecast(financed.history, financed.assumptions, known=financed.known, cases=("base",))
    lines = value_of(found, file).cases["base"].lines
    worth = sum(one.cashable for one in lines if one.line.to_payor)
    if worth <= 0:
        raise Refusal(
            Problem(
                "To its payors the outcomes are worth nothing that can be taken out of a budget.",
                "Name an amount: --target paid=AMOUNT; or look at `pfs value`.",
            )
        )
    return float(worth)


def _refused(what: str) -> Refusal:
    return Refusal(
        Problem(
            what,
            "Write rate=5%, multiple=1.05, paid=1000000 (whole currency units), or paid=value.",
        )
    )
