"""Call capital on a tranche, with the certificates that the caller's own party gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from payforsuccess.deal.capital_record import CapitalCall, Certificate
from payforsuccess.errors import Problem, Refusal, sentence
from payforsuccess.finance.capital_record.calls import CallState
from payforsuccess.finance.capital_record.filing import why_not_called
from payforsuccess.runs.finance.open_books import Books, made, open_books
from payforsuccess.runs.folder import DealPath
from payforsuccess.units import exact_text, money_text, to_minor


@dataclass(frozen=True, repr=False)
class CallNoted:
    """A call as it stands with what was put on record."""

    state: CallState
    currency: str

    def __str__(self) -> str:
        call, code = self.state.call, self.currency
        lines = [
            f"Call `{call.name}` on `{call.tranche}`: "
            f"{money_text(to_minor(call.amount, code), code, code=True)}, due {call.due_on}."
        ]
        if call.answer is not None:
            why = f": {call.answer.reason}" if call.answer.reason else "."
            lines.append(f"{call.answer.by} {call.answer.says}{why}")
        lines += [
            f"It lacks the certificate `{one.name}` of {one.certified_by}."
            for one in self.state.lacking
        ]
        lines.append(_NEXT[self.state.stands].format(party=self.state.party))
        return "\n".join(lines)

    __repr__ = __str__

    def as_plain(self) -> Mapping[str, object]:
        """Amounts as texts, as the file has them, beside what is open in minor units."""
        return {
            "call": self.state.call.as_plain(),
            "amount": exact_text(self.state.call.amount),
            "stands": self.state.stands,
            "open": self.state.open,
            "turn_of": list(self.state.turn_of),
            "lacking": [each.name for each in self.state.lacking],
        }


_NEXT = {
    "to-certify": "It is answered once it is certified.",
    "to-answer": "{party} answers it next.",
    "to-pay": "{party} pays it next.",
    "overdue": "{party} is late: notice of default is due.",
    "paid": "All of it came.",
    "refused": "Nothing is owed on it. What is still needed is a new call.",
}


def call_capital(
    path: DealPath,
    *,
    tranche: str,
    amount: int,
    due_on: date,
    by: str,
    on: date,
    party: str = "",
    certifies: tuple[str, ...] = (),
    name: str = "",
) -> CallNoted:
    """Put a call on record in `capital.yaml`.

    amount: minor units. by: the person who calls, who cannot answer the call. certifies: conditions
    that `party`, the caller's own, certifies with it. name: one is made where none is given.
    Refuses what may not be called on the day, and a certificate that another party gives.
    """
    with open_books(path) as books:
        call = made(
            CapitalCall,
            name=name or _free_name(books),
            tranche=tranche,
            asked_on=on,
            due_on=max(due_on, on),
            amount=books.amount(amount),
            called_by=by,
            certificates=tuple(
                made(Certificate, condition=each, by=party, on=on, signed_by=by)
                for each in certifies
            ),
        )
        problems = [*why_not_called(books.deal, books.record, books.followed(on), call)]
        needed = {each.name: each.certified_by for each in books.record.draw_conditions}
        problems += [
            Problem(
                sentence(
                    "`{each}` is certified by {certified_by}, not by {party}.",
                    each=each,
                    certified_by=needed.get(each, sentence("nobody")),
                    party=party,
                ),
                sentence("Leave it to that party."),
                books.record.place_of("draw_conditions"),
            )
            for each in certifies
            if needed.get(each) != party
        ]
        if not by.strip():
            problems.append(
                Problem(sentence("Nobody is named as calling."), sentence("Name the person."))
            )
        if problems:
            raise Refusal(problems)
        return noted(books.add(("calls",), call, tall=True), call.name, on)


def noted(books: Books, name: str, on: date) -> CallNoted:
    """A call as it stands after a change."""
    return CallNoted(books.call(name, on), books.deal.currency)


def _free_name(books: Books) -> str:
    taken = {each.name for each in books.record.calls}
    number = len(taken) + 1
    while f"call-{number}" in taken:
        number += 1
    return f"call-{number}"
