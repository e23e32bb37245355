"""`check` gives proofs apart from findings, or refuses with every problem."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import payforsuccess
from payforsuccess.cli.plain import as_plain
from payforsuccess.errors import Proved, Refusal
from payforsuccess.runs.check import check
from tests.lib.deals import a_deal, a_term

LIBRARY = Path(payforsuccess.__file__).parent / "library"


def test_proofs_are_told_from_findings() -> None:
    checked = check(a_deal(payments=[a_term(ceiling="900")]))
    assert checked.problems == ()
    assert checked.proofs and all(isinstance(proof, Proved) for proof in checked.proofs)
    assert checked.findings and not any(isinstance(f, Proved) for f in checked.findings)


def test_the_text_has_the_fingerprint_that_a_certification_quotes() -> None:
    checked = check(a_deal())
    assert checked.terms_fingerprint == a_deal().terms_fingerprint
    assert checked.terms_fingerprint in str(checked)
    assert repr(checked) == str(checked)


def test_a_deal_with_problems_is_refused_with_all_of_them() -> None:
    with pytest.raises(Refusal) as refusal:
        check(a_deal(ceiling="0.001", in_force_from="2026-02-01"))
    assert {problem.where.field for problem in refusal.value.problems} == {
        "ceiling",
        "in_force_from",
    }


def test_the_denver_deal_shows_its_one_jump() -> None:
    checked = check(LIBRARY / "denver-sib" / "deal.yaml")
    jumps = [finding for finding in checked.findings if finding.topic == "cliff"]
    assert len(jumps) == 1
    assert "jumps by USD 3,200,000.00 at 20 percent" in jumps[0].what
    assert jumps[0].where.line > 0


def test_the_dc_water_deal_shows_its_gap() -> None:
    checked = check(LIBRARY / "dc-water-eib" / "deal.yaml")
    gaps = [finding for finding in checked.findings if finding.topic == "bands"]
    assert ["exactly 41.3 percent" in gap.what for gap in gaps] == [True]


def test_every_library_deal_can_be_checked_and_pays_nothing_without_success() -> None:
    for file in sorted(LIBRARY.glob("*/deal.yaml")):
        checked = check(file)
        assert any(proof.topic == "no-success" for proof in checked.proofs), file.parent.name


def test_the_result_is_plain_for_programs() -> None:
    plain = as_plain(check(a_deal()))
    assert isinstance(plain, dict)
    assert {"deal", "terms_fingerprint", "proofs", "findings"} <= set(plain)
    json.dumps(plain)
