"""`pfs capital`: where the up-front money stands, and what is put in its books."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Literal

import click

from payforsuccess.cli.command import (
    DAY,
    FILE,
    Command,
    gives_json,
    needs_deal,
    takes_as_of,
    takes_deal,
    today,
)
from payforsuccess.cli.printing import show, show_problems
from payforsuccess.errors import EXIT_FINE, EXIT_PROBLEMS
from payforsuccess.finance.capital_record.asks import VoteCount
from payforsuccess.runs.finance.answer_call import answer_call, certify_call
from payforsuccess.runs.finance.call_capital import call_capital
from payforsuccess.runs.finance.capital import capital
from payforsuccess.runs.finance.give_notice import give_notice, note_test
from payforsuccess.runs.finance.lender_votes import (
    cast_ballot,
    number_of_matter,
    put_to_lenders,
)
from payforsuccess.runs.finance.note_balance import note_balance
from payforsuccess.runs.finance.note_money import note_disbursement, note_received
from payforsuccess.runs.folder import open_folder
from payforsuccess.units import exact, money_text, to_minor


class ShownByDefault(click.Group):
    """`pfs capital DEAL` is `pfs capital show DEAL`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put `show` in front where no subcommand is named."""
        if args[:1] not in (["--help"], ["-h"]) and (not args or args[0] not in self.commands):
            args = ["show", *args]
        return super().parse_args(ctx, args)


_amount = click.option("--amount", required=True, metavar="AMOUNT", help="How much, such as 2500.")
_on = click.option("--on", type=DAY, help="The day; today if left out.")
_by = click.option("--by", required=True, metavar="NAME", help="The person.")
_party = click.option("--party", required=True, help="The party, as the deal names it.")
_call = click.argument("call", metavar="CALL")


@click.group("capital", cls=ShownByDefault, context_settings={"max_content_width": 100})
def command() -> None:
    """Show where capital stands: balances, next draw, defaults, the bank.

    Without a subcommand it shows that, as `pfs capital show` does. The others put facts in
    capital.yaml, each line of which stays as it is; what is doubtful is refused.
    """


@command.command("show", cls=Command)
@takes_deal
@takes_as_of
@click.option("--record", type=FILE, help="The record of capital; capital.yaml if left out.")
@click.option("--pack", is_flag=True, help="Write the investors' page of the quarter.")
@gives_json
def show_capital(
    deal: Path, as_of: date | None, record: Path | None, pack: bool, as_json: bool
) -> int:
    """Show where capital stands: balances, next draw, defaults, the bank.

    Reads capital.yaml beside the deal: closing, calls with certificates and answers, costs paid,
    payments received and paid out, bank balances, tests, notices, votes. Balances come on actual
    days from the engine that looks ahead. A difference between bank and book ends with exit code
    10.
    """
    found = capital(deal, as_of=as_of or today(), record=record, pack=pack)
    show(found, as_json=as_json)
    if found.problems:
        if not as_json:
            show_problems(found.problems)
        return EXIT_PROBLEMS
    return EXIT_FINE


@command.command("call", cls=Command)
@needs_deal
@click.argument("tranche", metavar="TRANCHE")
@_amount
@click.option("--due", type=DAY, required=True, help="The day by which the money is due.")
@_by
@click.option("--name", default="", help="What the call is named; call-2, say, if left out.")
@click.option("--party", default="", help="The caller's own party, where it certifies something.")
@click.option("--certifies", multiple=True, metavar="NAME", help="A condition it certifies.")
@_on
@gives_json
def make_call(
    deal: Path,
    tranche: str,
    amount: str,
    due: date,
    by: str,
    name: str,
    party: str,
    certifies: tuple[str, ...],
    on: date | None,
    as_json: bool,
) -> None:
    """Call capital on a tranche.

    Closing, triggers and what is left of the tranche are held to. Whoever calls does not answer.
    """
    made = call_capital(
        deal,
        tranche=tranche,
        amount=_minor(deal, amount),
        due_on=due,
        by=by,
        on=on or today(),
        party=party,
        certifies=certifies,
        name=name,
    )
    show(made, as_json=as_json)


@command.command("certify", cls=Command)
@needs_deal
@_call
@click.argument("condition", metavar="CONDITION")
@_party
@_by
@_on
@gives_json
def certify(
    deal: Path, call: str, condition: str, party: str, by: str, on: date | None, as_json: bool
) -> None:
    """Record that a party certifies one condition of a call."""
    show(certify_call(deal, call, condition, party=party, by=by, on=on or today()), as_json=as_json)


@command.command("answer", cls=Command)
@needs_deal
@_call
@click.argument("says", type=click.Choice(["consents", "refuses"]))
@_party
@_by
@click.option("--reason", default="", help="Why it refuses.")
@_on
@gives_json
def answer(
    deal: Path,
    call: str,
    says: Literal["consents", "refuses"],
    party: str,
    by: str,
    reason: str,
    on: date | None,
    as_json: bool,
) -> None:
    """Record what the party of the tranche answers to a call, once.

    It consents to what is certified; a refusal says why, and then nothing is owed on the call.
    """
    found = answer_call(deal, call, says=says, party=party, by=by, on=on or today(), reason=reason)
    show(found, as_json=as_json)


@command.command("received", cls=Command)
@needs_deal
@_call
@_amount
@_on
@gives_json
def receive(deal: Path, call: str, amount: str, on: date | None, as_json: bool) -> None:
    """Record money that came on a call, whole or in part."""
    found = note_received(deal, call, amount=_minor(deal, amount), on=on or today(), today=today())
    show(found, as_json=as_json)


@command.command("spent", cls=Command)
@needs_deal
@click.option("--to", required=True, metavar="PARTY", help="The party that was paid.")
@_amount
@click.option("--says", required=True, help="What for; name no participant.")
@_on
@gives_json
def spend(deal: Path, to: str, amount: str, says: str, on: date | None, as_json: bool) -> None:
    """Record a cost that the project paid."""
    found = note_disbursement(
        deal, to=to, amount=_minor(deal, amount), on=on or today(), says=says, today=today()
    )
    show(found, as_json=as_json)


@command.command("bank", cls=Command)
@needs_deal
@click.argument("account", metavar="ACCOUNT")
@click.option("--balance", required=True, metavar="AMOUNT", help="What the bank says is there.")
@_on
@gives_json
def bank(deal: Path, account: str, balance: str, on: date | None, as_json: bool) -> int:
    """Hold what the bank says of a day against the book.

    The balance stays on record. A difference ends with exit code 10.
    """
    found = note_balance(
        deal, account=account, balance=_minor(deal, balance), on=on or today(), today=today()
    )
    show(found, as_json=as_json)
    differs = found.found is not None and found.found.difference and not found.found.lacking
    return EXIT_PROBLEMS if differs else EXIT_FINE


@command.command("test", cls=Command)
@needs_deal
@click.argument("trigger", metavar="TRIGGER")
@click.argument("result", type=click.Choice(["met", "missed"]))
@_party
@click.option("--value", metavar="NUMBER", help="What was found, where the test is on a number.")
@_on
@gives_json
def test(
    deal: Path,
    trigger: str,
    result: str,
    party: str,
    value: str | None,
    on: date | None,
    as_json: bool,
) -> None:
    """Record whether a trigger of the deal was met."""
    found = note_test(
        deal,
        trigger,
        met=result == "met",
        party=party,
        on=on or today(),
        today=today(),
        value=None if value is None else _number(value, "--value"),
    )
    if as_json:
        show(found.as_plain(), as_json=True)
        return
    show(f"`{trigger}` was tested on {found.on} by {found.by}: {result}.")


@command.command("notice", cls=Command)
@needs_deal
@click.argument("about", metavar="ABOUT")
@click.option("--by", required=True, metavar="PARTY", help="The party that gave it.")
@click.option("--to", required=True, metavar="PARTY", help="The party that is late.")
@click.option("--says", required=True, help="What it says, in a sentence.")
@_on
@gives_json
def notice(
    deal: Path, about: str, by: str, to: str, says: str, on: date | None, as_json: bool
) -> None:
    """Record that notice of a default was given.

    ABOUT is written as `pfs capital` lists it, such as “call second” or “statement 2”.
    """
    given = give_notice(deal, about, by=by, to=to, says=says, on=on or today(), today=today())
    if as_json:
        show(given.as_plain(), as_json=True)
        return
    show(f"Notice on {about} was given to {to} on {given.on}.")


@command.command("put", cls=Command)
@needs_deal
@click.argument("matter", metavar="MATTER")
@click.option(
    "--needs", required=True, metavar="SHARE", help="Of all principal owed, as 2/3 or 51%."
)
@click.option("--more-than", is_flag=True, help="It needs more than that share.")
@_on
@gives_json
def put(
    deal: Path, matter: str, needs: str, more_than: bool, on: date | None, as_json: bool
) -> None:
    """Put a matter to the lenders, who vote on it by principal.

    MATTER says in a sentence what is decided. It gets a number, under which they vote.
    """
    day = on or today()
    share = _share(needs)
    count = put_to_lenders(deal, matter, needs=share, more_than=more_than, on=day, today=today())
    _show_vote(deal, count, as_json=as_json)


@command.command("vote", cls=Command)
@needs_deal
@click.argument("number", type=int, metavar="N")
@click.argument("tranche", metavar="TRANCHE")
@click.argument("says", metavar="VOTE", type=click.Choice(["yes", "no", "abstains"]))
@_party
@_by
@gives_json
def vote(
    deal: Path,
    number: int,
    tranche: str,
    says: Literal["yes", "no", "abstains"],
    party: str,
    by: str,
    as_json: bool,
) -> None:
    """Record how a lender votes on a matter, once for each of its tranches.

    N is the matter's number, in the order of capital.yaml. VOTE is yes, no or abstains.
    """
    count = cast_ballot(deal, number, tranche=tranche, vote=says, party=party, by=by)
    _show_vote(deal, count, as_json=as_json)


def _show_vote(deal: Path, count: VoteCount, *, as_json: bool) -> None:
    number = number_of_matter(deal, count)
    if as_json:
        show({"number": number, **vars(count)}, as_json=True)
        return
    code = open_folder(deal).history().latest.currency
    show(f"Matter {number} of {count.on}: {count.matter}")
    show(
        f"By the principal owed: yes {money_text(count.yes, code, code=True)}, "
        f"no {money_text(count.no, code)}, others {money_text(count.others, code)}: "
        f"it {'carries' if count.carries else 'does not carry'}."
    )


def _share(text: str) -> Fraction:
    """A share of the whole, above 0 and at most 1, as a deal file states it."""
    try:
        share = exact(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        share = Fraction(0)
    if not 0 < share <= 1:
        raise click.BadParameter(
            "write a share of the whole, such as 2/3 or 51%", param_hint="--needs"
        )
    return share


def _minor(deal: Path, text: str) -> int:
    """The amount in minor units of the deal's currency."""
    amount = _number(text, "--amount")
    try:
        return to_minor(amount, open_folder(deal).history().latest.currency)
    except ValueError:
        raise click.BadParameter("write whole minor units, such as 25000.50") from None


def _number(text: str, option: str) -> Fraction:
    try:
        return exact(text.replace(",", ""))
    except ValueError:
        raise click.BadParameter(
            "write a number in digits, such as 25000 or 25000.50", param_hint=option
        ) from None
