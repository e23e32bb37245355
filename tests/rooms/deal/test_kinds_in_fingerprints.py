"""What tells kinds apart is part of every fingerprint: no kind can be exchanged unseen."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from payforsuccess.deal.evaluation import EvaluationPlan
from payforsuccess.deal.measures import Measure
from payforsuccess.deal.terms import PaymentTerm
from tests.lib.deals import a_deal, a_term

MODELS = [
    (model, key)
    for union, key in ((PaymentTerm, "kind"), (Measure, "kind"), (EvaluationPlan, "design"))
    for model in get_args(get_args(union)[0])
]


@pytest.mark.parametrize(("model", "key"), MODELS, ids=[model.__name__ for model, _ in MODELS])
def test_a_kind_has_no_default_that_a_fingerprint_could_leave_out(model: Any, key: str) -> None:
    assert model.model_fields[key].is_required()


def test_two_deals_that_differ_in_a_kind_alone_have_two_fingerprints() -> None:
    same = {"name": "line", "pays_for": "homes", "price": "100"}
    counted = a_deal(payments=[a_term("unit-price", **same)])
    effect = a_deal(payments=[a_term("effect-price", **same, treated=None, minimum_effect=None)])

    assert counted.terms_fingerprint != effect.terms_fingerprint
