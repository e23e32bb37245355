"""Who may not compete and who may not score."""

from __future__ import annotations

from typing import Any

import pytest

from payforsuccess.governance.initiative.mandate import AdvisoryGroup
from payforsuccess.selection.conflicts import (
    Bar,
    barred_of,
    bars,
    check_panel,
    cleared,
    nearly_barred,
    of_nobody,
    uncleared,
)
from payforsuccess.selection.names import plain_name
from payforsuccess.selection.rank import ranking_of
from tests.lib.competitions import a_proposal, a_reviewer, a_solicitation, scores

CLEARANCE = {"by": "County Counsel", "on": "2026-01-10", "basis": "Policy 5.1"}
GROUP = AdvisoryGroup.model_validate(
    {
        "convened_by": "Chief Executive Officer",
        "members": [
            {"name": "Ann Auditor", "organisation": "Auditor-Controller", "kind": "office"},
            {
                "name": "Ada Example",
                "organisation": "Example Advisers",
                "kind": "external",
                "affiliates": ["Example Capital"],
            },
        ],
    }
)


def found(proposal: dict[str, Any], **changes: Any) -> tuple[Bar, ...]:
    terms = {"is_initial_initiative": True} | changes
    solicitation = a_solicitation(proposals=[proposal], **terms)
    return bars(solicitation, barred_of(solicitation, GROUP))


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"by": "Example Advisers"}, "lead"),
        ({"by": "EXAMPLE  ADVISERS, Inc."}, "lead"),
        ({"subcontractors": ["Example Advisers L.L.C."]}, "subcontractor"),
        ({"subcontractors": ["The Example Capital"]}, "subcontractor"),
        ({"affiliates": ["Example Capital LP"]}, "affiliate"),
        ({"people": ["Ada Example"]}, "named for the work"),
    ],
)
def test_an_adviser_is_barred_from_the_first_initiative(changes: dict[str, Any], part: str) -> None:
    """R19: organisation, affiliate or subcontractor; the reason cites the advisory service."""
    (bar,) = found(a_proposal("a", **changes))
    assert bar.part == part
    assert "advisory service bars from the initial initiative" in bar.reason


def test_a_barred_proposal_is_left_out_of_the_ranking_with_the_reason() -> None:
    """R19: a proposal that names a barred organisation is rejected."""
    solicitation = a_solicitation(
        is_initial_initiative=True,
        proposals=[a_proposal("a", subcontractors=["Example Advisers"]), a_proposal("b")],
    )
    barred = bars(solicitation, barred_of(solicitation, GROUP))
    ranking = ranking_of(solicitation, scores("one: a 4 4, b 1 1"), barred)
    assert [one.proposal for one in ranking.ranked] == ["b"]
    assert "names Example Advisers (subcontractor); advisory service" in ranking.left_out[0].reason


def test_advisers_may_compete_in_a_later_solicitation() -> None:
    assert found(a_proposal("a", by="Example Advisers"), is_initial_initiative=False) == ()


def test_offices_of_the_group_and_other_firms_are_not_barred() -> None:
    assert found(a_proposal("a", by="Auditor-Controller", subcontractors=["Other Advisers"])) == ()


def barred(why: str, **more: Any) -> dict[str, Any]:
    return {"who": "Drafting Firm", "why": why, "says": "It wrote the scope.", **more}


@pytest.mark.parametrize("has_federal_money", [True, False])
def test_who_drafted_a_solicitation_is_barred_and_the_law_is_cited(has_federal_money: bool) -> None:
    (bar,) = found(
        a_proposal("a", by="Drafting Firm"),
        barred=[barred("drafted")],
        federal_money=has_federal_money,
    )
    assert ("2 CFR 200.319" in bar.reason) is has_federal_money


@pytest.mark.parametrize(
    ("why", "changes", "is_barred"),
    [
        ("other", {}, False),
        ("drafted", {}, False),
        ("drafted", {"federal_money": True}, True),
        ("advisory-group", {}, True),
        ("advisory-group", {"is_initial_initiative": False}, False),
    ],
)
def test_counsel_lifts_a_bar_but_never_the_hard_ones(
    why: str, changes: dict[str, Any], is_barred: bool
) -> None:
    """R20: cleared, on what basis, by whom; beside the bars that nothing lifts."""
    proposal = a_proposal("a", by="Drafting Firm")
    assert bool(found(proposal, barred=[barred(why, cleared=CLEARANCE)], **changes)) is is_barred
    terms = {"is_initial_initiative": True} | changes
    solicitation = a_solicitation(barred=[barred(why, cleared=CLEARANCE)], **terms)
    (told,) = cleared(solicitation, solicitation.barred)
    assert "County Counsel on 2026-01-10: Policy 5.1" in told.what
    assert ("no clearance lifts" in told.what) is is_barred


def test_a_tie_of_an_organisation_waits_for_counsel() -> None:
    """R20: no award without the clearance, with its basis."""
    tie = {"of": "department B", "kind": "unequal-access"}
    assert [name for name, _ in uncleared(a_solicitation(conflicts=[tie]))] == ["b"]
    assert uncleared(a_solicitation(conflicts=[tie | {"cleared": CLEARANCE}])) == ()


NOT_COUNSELS = [
    ({"by": "The bidder"}, "a bidder does not clear its own tie"),
    ({"by": "Counsel of Department B, Inc."}, "a bidder does not clear its own tie"),
    ({"by": "Nobody"}, "which names no office of Counsel"),
    ({"on": "2026-03-21"}, "is of 2026-03-21, after the award on 2026-03-20"),
]


@pytest.mark.parametrize(("changes", "says"), NOT_COUNSELS)
def test_a_clearance_not_counsels_or_after_the_award_clears_nothing(
    changes: dict[str, str], says: str
) -> None:
    """R20: cleared by Counsel, and before; a bar stands as well, and both are told."""
    award = {
        "proposal": "b",
        "ranking": "sha256:" + "1" * 64,
        "decided_by": "Board",
        "on": "2026-03-20",
        "reasons": "First.",
    }
    word = CLEARANCE | changes
    solicitation = a_solicitation(
        conflicts=[{"of": "department B", "kind": "unequal-access", "cleared": word}],
        barred=[{"who": "Department c", "why": "other", "says": "Debts.", "cleared": word}],
        award=award,
    )
    assert [name for name, _ in uncleared(solicitation)] == ["b"]
    assert [bar.proposal for bar in bars(solicitation, solicitation.barred)] == ["c"]
    told = [each.what for each in cleared(solicitation, solicitation.barred)]
    assert [says in each for each in told] == [True, True]


def test_a_tie_of_an_organisation_no_proposal_names_is_found_with_the_name_like_it() -> None:
    ties = [
        {"of": name, "kind": "unequal-access"} for name in ("Departmnt b", "Zed", "Department a")
    ]
    found = of_nobody(a_solicitation(conflicts=ties))
    assert [(number, like) for number, _, like in found] == [(0, "Department b"), (1, "")]


@pytest.mark.parametrize(
    ("reviewer", "says"),
    [
        (a_reviewer("one", declared=None), "has not declared"),
        (a_reviewer("one", declared={"on": "2026-02-11"}), "after a first score on 2026-02-10"),
        (a_reviewer("one", organisation="Department A"), "part of the proposal `a`"),
        (a_reviewer("one", person="Department a, Inc."), "part of the proposal `a`"),
        (a_reviewer("one", person="reviewer TWO"), "sits on the panel twice"),
        (a_reviewer("one", away="Ill."), "away has scores"),
    ],
)
def test_what_is_wrong_with_a_panel_is_said(reviewer: dict[str, Any], says: str) -> None:
    solicitation = a_solicitation(panel=[reviewer, a_reviewer("two")])
    (problem,) = check_panel(solicitation, scores("one: a 4 4"))
    assert says in problem.what


def test_a_tie_that_was_declared_is_no_problem() -> None:
    declared = {"on": "2026-02-03", "conflicts_with": ["a"]}
    reviewer = a_reviewer("one", organisation="Department a", declared=declared)
    assert not list(check_panel(a_solicitation(panel=[reviewer]), scores("one: a 4 4")))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Müller & Söhne, Inc.", "muller and sohne"),
        ("The O'Neil Company", "ONeil co."),
        ("A.B.C. Corp", "abc"),
    ],
)
def test_names_are_the_same_however_they_are_written(one: str, other: str) -> None:
    assert plain_name(one) == plain_name(other)


@pytest.mark.parametrize(
    ("name", "is_like"),
    [
        ("Example Advisors", True),
        ("Exmaple Advisers LLC", True),
        ("Example Advisers of Ohio", True),
        ("Advisers, Example", True),
        ("Example, Ada", True),
        ("\u0415\u0425\u0410\u041cPLE ADVISERS", True),
        ("Ex\u0430mpl\u0435 \u0410dvis\u0435rs", True),
        ("Example Advisers", False),
        ("Example Homes", False),
        ("Advisers", False),
    ],
)
def test_a_name_much_like_a_barred_one_is_for_a_person_to_look_at(name: str, is_like: bool) -> None:
    """R19: a spelling does not slip by unseen; who is barred outright is not told twice."""
    solicitation = a_solicitation(
        is_initial_initiative=True, proposals=[a_proposal("a", subcontractors=[name])]
    )
    found = list(nearly_barred(solicitation, barred_of(solicitation, GROUP)))
    like = "Ada Example" if "Ada" in name else "Example Advisers"
    assert found == ([("a", name, like)] if is_like else [])


def test_a_name_that_a_barred_one_holds_whole_is_for_a_person_to_look_at() -> None:
    solicitation = a_solicitation(
        barred=[barred("other", affiliates=["Example Capital Partners"])],
        proposals=[a_proposal("a", by="Example Capital"), a_proposal("b", by="Capital")],
    )
    found = list(nearly_barred(solicitation, solicitation.barred))
    assert found == [("a", "Example Capital", "Example Capital Partners")]
