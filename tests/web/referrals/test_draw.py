"""The sealed draw in the browser: once, recoverable, and told with care (R114, R116)."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from unittest.mock import patch

import pytest

from payforsuccess.errors import Refusal
from payforsuccess.evaluation.lottery.entries import Assigned, MetAgain
from payforsuccess.runs.assign.kept import read_list
from payforsuccess.runs.folder import open_folder
from payforsuccess.web.people.actions import enrol
from payforsuccess.web.people.basis import TO_DRAW
from payforsuccess.web.people.queries import waiting
from payforsuccess.web.referrals import drawing
from payforsuccess.web.referrals.actions import change_state, merge, note_release
from payforsuccess.web.referrals.drawing import draw_for
from payforsuccess.web.referrals.lottery import custody, lottery_terms
from payforsuccess.web.referrals.models import Change, Referral
from payforsuccess.web.referrals.queries import visible_to
from tests.web.cast import Cast
from tests.web.referrals.counties import FOR_LONG, by_lot, referred

pytestmark = pytest.mark.django_db


@pytest.fixture
def lots(db: None, tmp_path: Path) -> Cast:
    return by_lot(tmp_path)


def drawn(cast: Cast, referral: Referral) -> Referral:
    return draw_for(by=cast.access("jail-liaison"), referral=referral)


def of_list(cast: Cast, kind: type) -> list[object]:
    return list(read_list(open_folder(cast.initiative.path)).of(kind))


def both(cast: Cast) -> tuple[Referral, Referral]:
    """Someone placed and someone not, however many it takes."""
    found: dict[str, Referral] = {}
    for number in range(24):
        referral = drawn(cast, referred(cast, family=f"Rowan{chr(97 + number)}"))
        found.setdefault(referral.state, referral)
        if len(found) == 2:
            return found["placed"], found["services-as-usual"]
    raise AssertionError("two dozen draws gave one arm")


def test_an_office_is_told_placed_or_services_as_usual_and_what_to_do_today(lots: Cast) -> None:
    """R116."""
    placed, usual = both(lots)

    assert placed.told_today == "Today: hand over to Example Coaches."
    assert placed.excluded_until is None
    assert usual.told_today == "Today: the open job centre."
    assert usual.excluded_until is not None
    page = lots.sign_in("jail-liaison").get(f"/lots/referrals/{usual.public_id}/").content.decode()
    assert "Services as usual" in page and "the open job centre" in page
    for word in ("declined", "Declined", "control", "Not taken on"):
        assert word not in page.replace("controls", "")


def test_nobody_is_drawn_twice(lots: Cast) -> None:
    first = drawn(lots, referred(lots))

    with pytest.raises(Refusal, match="once"):
        drawn(lots, Referral.objects.get(pk=first.pk))
    again = referred(lots)

    assert again.state == "joined" and again.earlier == first
    assert len(of_list(lots, Assigned)) == 1
    assert of_list(lots, MetAgain) == []


def test_a_kill_between_draw_and_row_loses_nothing_and_draws_nobody_again(lots: Cast) -> None:
    referral = referred(lots)
    with (
        patch.object(drawing, "tell", side_effect=KeyboardInterrupt),
        pytest.raises(KeyboardInterrupt),
    ):
        drawn(lots, referral)
    assert Referral.objects.get(pk=referral.pk).state == "eligible"
    (entry,) = of_list(lots, Assigned)

    told = drawn(lots, Referral.objects.get(pk=referral.pk))

    assert of_list(lots, Assigned) == [entry]
    terms = lottery_terms(lots.initiative)
    assert terms is not None
    assert (told.state == "placed") == (entry.arm == terms.treated)  # type: ignore[attr-defined]


def test_the_answer_is_nobodys_to_give(lots: Cast) -> None:
    referral = referred(lots)

    for to in ("placed", "services-as-usual", "declined"):
        with pytest.raises(Refusal, match="chance alone"):
            change_state(
                by=lots.access("case-manager"), referral=referral, to=to, reason="no-place"
            )


def test_without_an_ethics_record_in_force_nobody_is_drawn(lots: Cast) -> None:
    """R114: the refusal stands on the page in plain words."""
    referral = referred(lots)
    (lots.initiative.path / "initiative.yaml").unlink()

    page = lots.sign_in("jail-liaison").get(f"/lots/referrals/{referral.public_id}/draw/")

    assert "Nobody can be drawn now" in page.content.decode()
    assert "no ethics record" in page.content.decode()
    with pytest.raises(Refusal, match="ethics record"):
        drawn(lots, referral)
    assert of_list(lots, Assigned) == []


def test_someone_in_custody_waits_where_the_record_says_so(db: None, tmp_path: Path) -> None:
    """R114, 45 CFR 46 Subpart C."""
    cast = by_lot(tmp_path, initiative=FOR_LONG)
    referral = referred(cast)
    with pytest.raises(Refusal, match="in custody"):
        drawn(cast, referral)

    note_release(by=cast.access("jail-liaison"), referral=referral, way="met", at=referral.made_at)

    assert drawn(cast, Referral.objects.get(pk=referral.pk)).state in (
        "placed",
        "services-as-usual",
    )


def test_a_share_that_others_may_read_draws_nobody(lots: Cast) -> None:
    referral = referred(lots)
    (custody(lots.initiative) / "payor.words").chmod(0o644)
    with pytest.raises(Refusal, match="Others than its owner"):
        drawn(lots, referral)
    (custody(lots.initiative) / "payor.words").unlink()
    with pytest.raises(Refusal, match="not set up"):
        drawn(lots, referral)
    assert Referral.objects.get(pk=referral.pk).state == "eligible"


def test_the_page_of_the_draw_shows_nothing_ahead_and_needs_the_person_s_word(lots: Cast) -> None:
    """R114, R115: the person's agreement is on record, once, before the draw."""
    referral = referred(lots)
    browser, url = lots.sign_in("jail-liaison"), f"/lots/referrals/{referral.public_id}/draw/"
    page = browser.get(url).content.decode()

    assert "cannot be looked at first" in page and of_list(lots, Assigned) == []
    browser.post(url, {})
    assert of_list(lots, Assigned) == []
    assert not referral.participant.consents.exists()
    browser.post(url, {"has_agreed": "yes"})
    browser.post(url, {"has_agreed": "yes"})
    assert len(of_list(lots, Assigned)) == 1
    (consent,) = referral.participant.consents.all()
    assert consent.purpose == TO_DRAW and consent.is_given


def test_the_provider_sees_who_was_placed_and_nobody_else(lots: Cast) -> None:
    """R117: not who waits for the draw, not who has services as usual."""
    placed, usual = both(lots)
    waits = referred(lots, family="Waits")
    again = referred(lots, given=usual.participant.given_name, family=usual.participant.family_name)
    assert again.state == "joined" and again.earlier == usual

    for role in ("case-manager", "provider"):
        seen = set(visible_to(lots.access(role)))
        assert placed in seen and not seen & {usual, waits, again}
        browser = lots.sign_in(role)
        listed = browser.get("/lots/referrals/").content.decode()
        for hidden in (usual, waits, again):
            assert hidden.public_id[:4] + " " + hidden.public_id[4:8] not in listed
            assert hidden.participant.family_name not in listed
            answer = browser.get(f"/lots/referrals/{hidden.public_id}/")
            assert answer.status_code == 404


def test_an_alias_found_later_keeps_the_first_draw(lots: Cast) -> None:
    """R116: whoever is found to be someone drawn before is told the earlier answer."""
    first = drawn(lots, referred(lots))
    second = referred(lots, given="Samuel")
    assert second.state == "eligible"

    merge(by=lots.access("link-reviewer"), one=second.participant, other=first.participant)

    second.refresh_from_db()
    assert second.state == "joined" and second.earlier == first
    assert second.participant.alias_of == first.participant
    listed = read_list(open_folder(lots.initiative.path))
    assert listed.keys_of(first.participant.key) == {first.participant.key, second.participant.key}
    assert len(of_list(lots, Assigned)) == 1


def test_another_office_asks_for_the_draw_and_is_told_what_it_said_before(lots: Cast) -> None:
    """R117: it learns nothing before it asks, and nobody is drawn again."""
    first = drawn(lots, referred(lots))
    mine = referred(lots, role="court-contact")
    assert mine.state == "eligible" and mine.earlier is None

    told = draw_for(by=lots.access("court-contact"), referral=mine)

    assert told.state == "joined" and told.earlier == first
    assert len(of_list(lots, Assigned)) == 1
    page = lots.sign_in("court-contact").get(f"/lots/referrals/{mine.public_id}/").content.decode()
    assert first.told_today in page and "before" not in page.split("<main")[1].split("<h2 id")[0]


def test_two_draws_of_one_person_leave_the_first_alone(lots: Cast) -> None:
    """R117, R137: nobody is handed over, waits, or is enrolled on the later draw."""
    placed, usual = both(lots)
    Change.objects.filter(referral=usual, state="services-as-usual").update(
        at=placed.made_at - timedelta(days=1)
    )
    worker, jail = lots.access("case-manager"), lots.sign_in("jail-liaison")

    merge(by=lots.access("link-reviewer"), one=placed.participant, other=usual.participant)

    placed.refresh_from_db()
    assert placed.state == "joined" and placed.earlier == usual
    page = jail.get(f"/lots/referrals/{placed.public_id}/").content.decode()
    assert "Services as usual" in page and "the open job centre" in page
    assert not visible_to(worker).filter(pk=placed.pk).exists()
    assert not waiting(worker).filter(pk=placed.pk).exists()
    with pytest.raises(Refusal, match="has ended"):
        enrol(by=worker, referral=placed, case_manager=worker.user, site="East", on=worker.on)


def test_who_joins_someone_enrolled_on_the_later_draw_is_told_whom_to_tell(lots: Cast) -> None:
    """R137: the first draw holds in the analysis, and the person is not turned away."""
    placed, usual = both(lots)
    Change.objects.filter(referral=usual, state="services-as-usual").update(
        at=placed.made_at - timedelta(days=1)
    )
    worker = lots.access("case-manager")
    enrol(by=worker, referral=placed, case_manager=worker.user, site="East", on=worker.on)
    pair = {"one": usual.participant.public_id, "other": placed.participant.public_id}
    asked = {**pair, "is": "one", "confirmed": "yes"}

    browser = lots.sign_in("link-reviewer")
    page = browser.post("/lots/referrals/same-person/", asked, follow=True).content.decode()

    assert "Tell counsel and the evaluator" in page
    placed.refresh_from_db()
    assert placed.state == "enrolled"


def test_two_rows_joined_before_the_draw_are_drawn_once(lots: Cast) -> None:
    one, other = referred(lots), referred(lots, given="Samuel", born=date(1990, 3, 2))
    merge(by=lots.access("link-reviewer"), one=one.participant, other=other.participant)
    other.refresh_from_db()
    assert other.state == "joined" and other.earlier == one

    drawn(lots, Referral.objects.get(pk=one.pk))

    assert len(of_list(lots, Assigned)) == 1
