"""A disclosure threshold is kept, and a finding says that no count is hidden yet."""

from __future__ import annotations

from payforsuccess.deal.checks import deal_findings
from tests.lib.deals import a_deal, an_outcome


def test_a_stated_threshold_that_hides_nothing_yet_is_told() -> None:
    stated = a_deal(outcomes={"homes": an_outcome(disclosure_threshold="5")})
    said = [one.what for one in deal_findings(stated) if one.topic == "disclosure"]
    assert len(said) == 1 and "this version hides no counts yet" in said[0]
    assert not [one for one in deal_findings(a_deal()) if one.topic == "disclosure"]
