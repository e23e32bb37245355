"""An amendment through pages: in force only when every party has consented (R125)."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse

from payforsuccess.runs.amend.in_force import put_in_force as write_version
from payforsuccess.runs.folder import open_folder
from payforsuccess.runs.statement.pay import pay_through
from payforsuccess.web.accounts.access import Refused
from payforsuccess.web.accounts.actions import add_member
from payforsuccess.web.amendments.actions import answer as give
from payforsuccess.web.amendments.actions import propose, put_in_force
from payforsuccess.web.amendments.models import Answer, Proposal
from payforsuccess.web.amendments.queries import one_of
from payforsuccess.web.audit.actions import SYSTEM
from payforsuccess.web.audit.models import Event
from payforsuccess.web.audit.queries import check_chain
from tests.web.amendments.cases import SAYS, amended, proposed
from tests.web.amendments.conftest import SLUG, stand_on
from tests.web.cast import Cast

PAYOR, PROVIDER = 0, 1
"""The places of the consents that the deal asks."""


def url(name: str, *parts: object) -> str:
    return reverse(f"amendments:{name}", args=[SLUG, *parts])


def answer(
    cast: Cast, who: str, which: int, said: str = "consented", *, reason: str = "Too dear."
) -> int:
    """One person answers, after looking at the page; the status of the answer."""
    client = cast.sign_in(who, fresh=True)
    address = url("answer", Proposal.objects.last().public_id, which, said)  # type: ignore[union-attr]
    looked = client.get(address)
    if looked.status_code != 200:
        return looked.status_code
    return client.post(address, {"confirmed": "yes", "reason": reason}).status_code


def upload(cast: Cast, text: str) -> HttpResponse:
    """The coordinator uploads an amended deal file."""
    file = SimpleUploadedFile("deal.yaml", text.encode())
    return cast.sign_in("coordinator").post(url("propose"), {"file": file})  # type: ignore[return-value]


def price_of_second_period(cast: Cast) -> list[int]:
    """What the statements of the first two periods come to, at three homes each."""
    drafts = pay_through(cast.initiative.path, through=2, as_of=date(2028, 1, 31)).drafts
    return [draft.statement.total for draft in drafts]


def test_from_an_uploaded_file_to_a_version_of_the_deal(amending: Cast) -> None:
    """R125: proposed, looked over, consented to by each party, in force with the last consent."""
    reviewed = upload(amending, amended())
    page = reviewed.content.decode()
    assert "Look over the amendment" in page and "unit price" in page
    assert "The payor; The provider" in page
    assert not Proposal.objects.exists()

    client = amending.sign_in("coordinator")
    text = reviewed.context["form"].initial["text"]  # type: ignore[attr-defined]
    assert client.post(url("propose"), {"text": text, "confirmed": "yes"}).status_code == 302
    listed = amending.sign_in("payor").get(url("list")).content.decode()
    assert "waits for your answer" in listed and SAYS in listed

    assert answer(amending, "payor", PAYOR) == 302
    page = amending.sign_in("investor").get(url("list")).content.decode()
    assert "1 of 2" in page and "Answers are missing from: The provider" in page
    assert answer(amending, "provider", PROVIDER) == 302

    history = open_folder(amending.initiative.path).history()
    assert history.latest.payments[0].price == 120
    given = history.latest.amendment.consents  # type: ignore[union-attr]
    assert [(each.of, str(each.on)) for each in given] == [
        ("payor", "2026-03-02"),
        ("provider", "2026-03-02"),
    ]
    assert list(
        Event.objects.filter(initiative=SLUG, verb__startswith="amendment").values_list(
            "verb", flat=True
        )
    ) == [
        "amendment.proposed",
        "amendment.consented",
        "amendment.consented",
        "amendment.in-force",
    ]
    assert check_chain().is_whole


def test_until_the_last_consent_everything_rests_on_the_version_before(
    amending: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R125: statements and pages; the version before governs the periods before it for ever."""
    proposed(amending)
    assert answer(amending, "payor", PAYOR) == 302
    assert price_of_second_period(amending) == [300_00, 300_00]
    stand_on(monkeypatch, date(2026, 4, 1))
    assert amending.initiative.deal.payments[0].price == 100

    stand_on(monkeypatch, date(2026, 3, 31))
    assert answer(amending, "provider", PROVIDER) == 302
    assert price_of_second_period(amending) == [300_00, 360_00]
    assert amending.initiative.deal.payments[0].price == 100
    page = amending.sign_in("payor").get(url("list")).content.decode()
    assert "Will be in force" in page
    stand_on(monkeypatch, date(2026, 4, 1))
    assert amending.initiative.deal.payments[0].price == 120


@pytest.mark.parametrize(
    "who", ["provider", "investor", "evaluator", "coordinator", "project-manager", "counsel"]
)
def test_nobody_answers_for_another_party(amending: Cast, who: str) -> None:
    """R125: the party's signatory alone."""
    proposed(amending)
    assert answer(amending, who, PAYOR) == 403
    assert not Answer.objects.exists()


def test_whoever_proposed_it_does_not_consent_to_it(amending: Cast) -> None:
    """R125: another of the same payor does."""
    one = proposed(amending)
    Proposal.objects.filter(pk=one.pk).update(by=amending.users["payor"])
    page = amending.sign_in("payor", fresh=True).get(
        url("answer", one.public_id, PAYOR, "consented")
    )
    assert page.status_code == 403
    assert "You proposed it" in page.content.decode()


def test_one_person_does_not_speak_for_two_parties(amending: Cast) -> None:
    """R125: whoever answered for the payor answers for no provider, whatever the roles."""
    proposed(amending)
    assert answer(amending, "payor", PAYOR) == 302
    add_member(
        by=SYSTEM,
        user=amending.users["payor"],
        organisation=amending.organisations["Cedar Homes"],
        initiative=amending.initiative,
        role="provider",
        from_on=date(2020, 1, 1),
    )
    assert answer(amending, "payor", PROVIDER) == 403


def test_an_answer_asks_for_a_fresh_sign_in(amending: Cast) -> None:
    one = proposed(amending)
    address = url("answer", one.public_id, PAYOR, "consented")
    sent = amending.sign_in("payor").post(address, {"confirmed": "yes"})
    assert sent["Location"].startswith(reverse("account_reauthenticate"))
    assert not Answer.objects.exists()


def test_a_refusal_says_why_and_keeps_it_out_until_the_party_consents(amending: Cast) -> None:
    """R125."""
    proposed(amending)
    assert answer(amending, "payor", PAYOR) == 302
    assert answer(amending, "provider", PROVIDER, "refused", reason="") == 200
    assert answer(amending, "provider", PROVIDER, "refused") == 302
    page = amending.sign_in("coordinator").get(url("list")).content.decode()
    assert "Refused by: The provider" in page
    assert len(open_folder(amending.initiative.path).history().versions) == 1

    assert answer(amending, "provider", PROVIDER) == 302
    assert len(open_folder(amending.initiative.path).history().versions) == 2


def test_a_consent_after_the_first_day_puts_nothing_in_force(
    amending: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R125, R129: nobody's past is changed by a late signature."""
    one = proposed(amending)
    answer(amending, "payor", PAYOR)
    stand_on(monkeypatch, date(2026, 4, 2))
    assert answer(amending, "provider", PROVIDER) == 302

    assert len(open_folder(amending.initiative.path).history().versions) == 1
    client = amending.sign_in("coordinator", fresh=True)
    told = client.post(url("put", one.public_id), {"confirmed": "yes"})
    assert told.status_code == 409
    assert "after the first day" in told.content.decode()


def test_what_a_killed_process_had_written_is_put_in_force_once(amending: Cast) -> None:
    """R125: the file was written, and the transaction that tells of it never ended."""
    one = proposed(amending)
    answer(amending, "payor", PAYOR)
    Answer.objects.create(
        proposal=one,
        of="provider",
        party="Cedar Homes",
        said="consented",
        by=amending.users["provider"],
        on=date(2026, 3, 2),
        at=one.at,
    )
    consents = one_of(amending.access("payor"), one.public_id).consents
    write_version(amending.initiative.path, one.text, consents=consents.recorded)

    client = amending.sign_in("coordinator", fresh=True)
    assert client.post(url("put", one.public_id), {"confirmed": "yes"}).status_code == 302
    assert one_of(amending.access("payor"), one.public_id).state == "to-come"
    assert len(open_folder(amending.initiative.path).amendment_files) == 1


def test_of_two_that_amend_one_version_the_second_is_overtaken(amending: Cast) -> None:
    """R125: whoever consented to a change of the old terms did not consent to one of the new."""
    proposed(amending)
    left = propose(by=amending.access("coordinator"), text=amended({"says": "Another price"}))
    answer(amending, "payor", PAYOR)
    answer(amending, "provider", PROVIDER)

    assert one_of(amending.access("payor"), left.public_id).state == "overtaken"
    client = amending.sign_in("payor", fresh=True)
    assert client.get(url("answer", left.public_id, PAYOR, "consented")).status_code == 404


def test_a_withdrawn_amendment_asks_nobody(amending: Cast) -> None:
    one = proposed(amending)
    client = amending.sign_in("coordinator")
    assert client.post(url("withdraw", one.public_id), {"confirmed": "yes"}).status_code == 302
    assert answer(amending, "payor", PAYOR) == 404
    assert "Withdrawn" in client.get(url("list")).content.decode()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("format: 1\n", "The file cannot be proposed"),
        (amended({"touches": ["duty"]}), "does not say that it touches money"),
        (amended({"number": "7"}), "the next one is 1"),
        (amended(in_force_from="2026-04-02"), "Line "),
    ],
)
def test_a_file_with_problems_is_not_proposed_and_they_are_told(
    amending: Cast, text: str, says: str
) -> None:
    """R125: an amendment names whose money, data or duty changes."""
    told = upload(amending, text)
    assert told.status_code == 409
    assert says in told.content.decode()
    assert not Proposal.objects.exists()


def test_what_was_looked_over_is_checked_again(amending: Cast) -> None:
    """Nobody is asked about a text that did not pass."""
    sent = amending.sign_in("coordinator").post(
        url("propose"), {"text": amended({"touches": ["duty"]}), "confirmed": "yes"}
    )
    assert sent.status_code == 409
    assert not Proposal.objects.exists()


def test_the_file_is_read_as_it_was_proposed(amending: Cast) -> None:
    one = proposed(amending)
    got = amending.sign_in("provider").get(url("file", one.public_id))
    assert got.content.decode() == amended()
    assert Event.objects.filter(verb="amendment.downloaded").count() == 1


def test_the_same_proposal_sent_twice_is_one(amending: Cast) -> None:
    client = amending.sign_in("coordinator")
    for _ in range(2):
        sent = client.post(url("propose"), {"text": amended(), "confirmed": "yes"})
        assert sent.status_code == 302

    assert Proposal.objects.count() == 1
    assert Event.objects.filter(verb="amendment.proposed").count() == 1


def test_who_answered_is_known_by_the_account_and_not_by_the_name(amending: Cast) -> None:
    """Whoever gave an answer may put it in force; someone of the same name may not."""
    one = proposed(amending)
    assert answer(amending, "payor", PAYOR) == 302
    give(by=amending.access("provider"), proposal=one, which=PROVIDER, said="consented")
    namesake = amending.users["investor"]
    namesake.full_name = amending.users["payor"].full_name
    namesake.save()

    with pytest.raises(Refused):
        put_in_force(by=amending.access("investor"), proposal=one)
