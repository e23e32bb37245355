"""Gates answer whatever is left out of the file, and whichever day is asked about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from importlib.resources import files

from hypothesis import given
from hypothesis import strategies as st

from payforsuccess.deal.reading.reader import read_whole
from payforsuccess.governance.conditions.themes import CONDITIONS, THEMES
from payforsuccess.governance.gate import gates_of, moved_past, moves_allowed
from payforsuccess.governance.initiative import Initiative
from payforsuccess.governance.lifecycle import Lifecycle
from tests.lib.passing import DEAL, passing, passing_facts

SHIPPED = files("payforsuccess.governance") / "lifecycles" / "pay-for-success.yaml"
LIFECYCLE = read_whole(Lifecycle, SHIPPED.read_bytes(), file=SHIPPED.name)
WHOLE = passing_facts()
KEYS = sorted(passing())
days = st.dates(date(2025, 1, 1), date(2030, 1, 1))


def without(keys: set[str]) -> Initiative:
    """The initiative for which every gate is open, without some of its registers."""
    left_out = {
        key: Initiative.model_fields[key].get_default(call_default_factory=True) for key in keys
    }
    return WHOLE.initiative.model_copy(update=left_out)


@given(st.sets(st.sampled_from(KEYS)), days, st.booleans())
def test_every_rule_answers_whatever_is_left_out(keys: set[str], on: date, has_deal: bool) -> None:
    facts = replace(WHOLE, initiative=without(keys), on=on, deal=DEAL if has_deal else None)
    gates = gates_of(LIFECYCLE, facts, CONDITIONS)
    assert len(gates) == len(LIFECYCLE.stages)
    assert all(one.found.found for gate in gates for one in gate.unmet)  # type: ignore[union-attr]
    for theme in THEMES:
        assert all(problem.what and problem.do for problem in theme.problems(facts))
        assert all(finding.what for finding in theme.findings(facts))
    assert moves_allowed(LIFECYCLE, facts) == ()
    assert moved_past(LIFECYCLE, facts, CONDITIONS) == ()


@given(st.sampled_from(KEYS))
def test_a_register_left_out_opens_no_gate(key: str) -> None:
    """R113: what is not on file holds nowhere, but for agencies of whom then fewer are known."""
    if key in ("organisations", "members"):
        return
    before = {
        one.condition.name for gate in gates_of(LIFECYCLE, WHOLE, CONDITIONS) for one in gate.unmet
    }
    facts = replace(WHOLE, initiative=without({key}))
    after = {
        one.condition.name for gate in gates_of(LIFECYCLE, facts, CONDITIONS) for one in gate.unmet
    }
    assert before <= after
