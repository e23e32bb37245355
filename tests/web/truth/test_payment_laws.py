"""Whatever people of whatever roles try in whatever order, money goes out once and by the rules."""

from __future__ import annotations

import shutil
from collections import Counter
from datetime import date
from pathlib import Path

from django.conf import settings as installation
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from payforsuccess.runs.folder import open_folder
from payforsuccess.web.accounts.actions import add_member, add_user
from payforsuccess.web.audit.actions import SYSTEM
from payforsuccess.web.audit.queries import check_chain
from tests.lib.approving import certified
from tests.lib.deals import EVALUATOR
from tests.lib.folders import a_folder, sign
from tests.lib.sealed import INITIATIVE
from tests.web.cast import EMPLOYERS, Cast, make_cast
from tests.web.truth.people_who_pay import PEOPLE, Payment, Tried, roles_of_people, tries

SLUG = "anyone-pays"
AS_MEANT = [
    Tried("state", 0, 1, None, True),
    Tried("approve", 0, 1, None, True),
    Tried("approve", 1, 1, None, True),
    Tried("pay", 0, 1, 100, True),
]
"""The way of a payment; an example goes a part of it before anything else is tried."""


def the_folder(cast: Cast | None = None, *, signed_by: str = "Jo Fir") -> Path:
    """The deal's folder as it is when nothing is stated, with results that someone signed."""
    folder = Path(installation.DEALS) / SLUG
    shutil.rmtree(folder, ignore_errors=True)
    a_folder(folder, certified(), homes=["3", "2"])
    sign(folder, signed_by=signed_by, party=EVALUATOR)
    (folder / "initiative.yaml").write_text(INITIATIVE, "utf-8")
    return folder


def with_people(cast: Cast, roles: tuple[set[str], ...], *, signed_by: str) -> Payment:
    """The county of one example."""
    users = {}
    for name, held in zip(PEOPLE, roles, strict=True):
        users[name] = add_user(
            by=SYSTEM, username=name, full_name=f"{name} Reed", password="x" * 12
        )
        for role in sorted(held):
            add_member(
                by=SYSTEM,
                user=users[name],
                organisation=cast.organisations[EMPLOYERS[role]],
                initiative=cast.initiative,
                role=role,
                from_on=date(2020, 1, 1),
            )
    return Payment(cast, users, the_folder(signed_by=signed_by))


def test_whatever_people_try_money_goes_out_once_and_by_the_rules(db: None) -> None:
    """The laws are not empty: in some of the examples money does go out."""
    cast = make_cast(SLUG, "Anyone pays", the_folder())
    reached: Counter[str] = Counter()

    @settings(suppress_health_check=list(HealthCheck))
    @given(
        roles_of_people,
        st.sampled_from(["Jo", "Jo", *PEOPLE]),
        st.sampled_from([4, 3, 3, 2, 1, 0]),
        st.lists(tries, min_size=4, max_size=12),
    )
    def hold(roles: tuple[set[str], ...], signer: str, begun: int, tried: list[Tried]) -> None:
        with transaction.atomic():
            payment = with_people(cast, roles, signed_by=f"{signer} Reed")
            for each in [*AS_MEANT[:begun], *tried]:
                reached[f"{each.kind} {payment.attempt(each)}"] += 1
            afterwards(payment)
            payment.away()
            transaction.set_rollback(True)

    hold()

    assert all(reached[f"{kind} True"] for kind in ("state", "approve", "pay")), reached
    assert all(reached[f"{kind} False"] for kind in ("state", "approve", "pay")), reached


def afterwards(payment: Payment) -> None:
    """What must be so in the end."""
    folder = open_folder(payment.folder)
    for statement in folder.statements():
        cents = [int(p.amount * 100) for p in folder.paid() if p.statement == statement.number]
        assert sum(cents) <= statement.total, "more was paid than was asked"
    assert {p.reference: int(p.amount * 100) for p in folder.paid()} == payment.paid
    assert len(folder.paid()) == len(payment.paid), "a warrant stands on two payments"
    assert check_chain().is_whole
