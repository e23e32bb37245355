"""Published results and payments: a verdict must fit what is published and how it is checked."""

from __future__ import annotations

import pytest

from payforsuccess.deal.figure_checks import StatementCheck
from payforsuccess.deal.reading import read_as
from payforsuccess.deal.vectors import Cases, PaidVectors
from payforsuccess.errors import Refusal

CASES = """
cases:
  - name: as_paid
    says: What was paid on.
    results:
      - {outcome: days, period: 1, value: 40.5, standing: published, sources: [a_page]}
"""


def paid(*lines: str) -> str:
    """A file of one vector that differs in `lines`."""
    body = {
        "name": "total",
        "published": "100",
        "unit": "USD",
        "sources": "[a_page]",
        "check": "{kind: sum, of: [figures.a, figures.b]}",
        "verdict": "exact",
    }
    for line in lines:
        key, _, value = line.partition(": ")
        body[key] = value
    items = [f"{key}: {value}" for key, value in body.items() if value]
    return "vectors:\n  - " + "\n    ".join(items) + "\n"


def test_a_case_gives_results_as_statements_read_them() -> None:
    result = read_as(Cases, CASES, file="results.yaml").case("as_paid").results[0]
    assert result.as_result().value * 2 == 81
    assert type(result.as_result()) is not type(result)


def test_a_published_result_without_a_source_is_refused() -> None:
    with pytest.raises(Refusal, match="no source is named"):
        read_as(Cases, CASES.replace(", sources: [a_page]", ""), file="results.yaml")


def test_an_illustrative_result_needs_no_source() -> None:
    text = CASES.replace("published, sources: [a_page]", "illustrative")
    assert read_as(Cases, text, file="results.yaml").cases


def test_the_check_is_told_apart_by_its_kind() -> None:
    text = paid("check: {kind: statement, case: as_paid, terms: [housing], periods: [9]}")
    check = read_as(PaidVectors, text, file="paid.yaml").vectors[0].check
    assert isinstance(check, StatementCheck)
    assert check.periods == (9,)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["verdict: within rounding"], "names the rounding"),
        (["rounding: {within: 1, because: the page rounds}"], "names the rounding"),
        (["published: "], "nothing to meet"),
        (["verdict: nothing published to meet"], "nothing to meet"),
        (["check: {kind: reasoned, because: so}"], "never more than logic"),
        (["check: {kind: eval, of: a + b}"], "kind"),
        (["sources: []"], "sources"),
    ],
)
def test_a_vector_whose_parts_do_not_fit_is_refused(lines: list[str], said: str) -> None:
    with pytest.raises(Refusal) as refusal:
        read_as(PaidVectors, paid(*lines), file="paid.yaml")
    assert said in str(refusal.value)
