"""INDIGO files: what is read, and how hostile or foreign ones end in problems with places."""

from __future__ import annotations

import json
from fractions import Fraction

import jsonschema
import pytest

from payforsuccess.deal.indigo import json_schema, read_indigo
from payforsuccess.errors import Refusal
from tests.lib.open_records import a_file, a_project, as_json, said


def problems_of(content: bytes) -> list[tuple[str, str]]:
    """The field and the first words of every problem."""
    with pytest.raises(Refusal) as refused:
        read_indigo(content, file="records.json")
    assert all(problem.where.file == "records.json" for problem in refused.value.problems)
    return [(problem.where.field, problem.what) for problem in refused.value.problems]


def test_a_record_is_read_by_the_names_of_the_standard() -> None:
    """R104: data can be imported in an open format with a published schema."""
    (record,) = read_indigo(a_file(), file="records.json").records

    assert record.id == "INDIGO-POJ-9001"
    assert record.project.text("name") == "Alder Homes"
    finance = "overall_project_finance.maximum_potential_outcome_payment_v2"
    assert record.project.number(f"{finance}.amount") == 500_000
    assert record.named("INDIGO-ORG-0002") == "Cedar Homes"


def test_numbers_stay_exact() -> None:
    content = a_file().replace(b"500000", b"620978.40")

    (record,) = read_indigo(content, file="records.json").records
    path = "overall_project_finance.maximum_potential_outcome_payment_v2.amount"
    assert record.project.number(path) == Fraction("620978.40")


@pytest.mark.parametrize(
    "wrap",
    [
        lambda one: {"projects": [one]},
        lambda one: {"projects": [{"project": one}]},
        lambda one: [one],
        lambda one: [{"project": one}],
    ],
)
def test_lists_of_projects_are_read_too(wrap: object) -> None:
    one = {"id": "A", "data": a_project()}
    content = as_json(wrap(one))  # type: ignore[operator]

    assert [record.id for record in read_indigo(content, file="records.json").records] == ["A"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": "Alder Homes"}, "name"),
        ({"name": said(7)}, "name.value"),
        ({"stage_development": said("Running")}, "stage_development.value"),
        (
            {"dates": {"start_date_of_service_provision": said("April 2021")}},
            "dates.start_date_of_service_provision.value",
        ),
        ({"jurisdiction": {"jurisdiction": said("England")}}, "jurisdiction.jurisdiction.value"),
        ({"outcome_metrics": {"id": "homes"}}, "outcome_metrics"),
        ({"outcome_metrics": [{"id": 7}]}, "outcome_metrics[0].id"),
        ({"outcome_metrics": ["homes"]}, "outcome_metrics[0]"),
        ({"dates": []}, "dates"),
        (
            {"investments": [{"investment_commitment": {"amount": {"exact": said("5")}}}]},
            "investments[0].investment_commitment.amount.exact.value",
        ),
        (
            {"investments": [{"investment_commitment": {"amount": {"exact": said(True)}}}]},
            "investments[0].investment_commitment.amount.exact.value",
        ),
        ({"status": "SECRET"}, "status"),
    ],
)
def test_a_wrong_value_is_a_problem_at_its_place(changes: dict[str, object], field: str) -> None:
    found = problems_of(a_file(a_project(**changes)))

    assert [place for place, _ in found] == [f"project.data.{field}"]


def test_every_problem_is_told_at_once() -> None:
    wrong = a_project(name=said(1), stage_development=said("Running"), outcome_metrics={})

    assert len(problems_of(a_file(wrong))) == 3


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b"null",
        b"[]",
        b"{}",
        b'{"projects": {}}',
        b'{"projects": [{"id": "INDIGO-POJ-0001", "public": true}]}',
        b'{"project": {"id": "../../etc", "data": {}}}',
        b'{"project": {"id": 5, "data": {}}}',
        b'{"project": []}',
        b'{"project": {"id": "A", "id": "B", "data": {}}}',
        b'{"project": {"id": "A", "data": {"status": "PRIVATE"}}}',
        b'{"project": {"id": "A", "data": {}}, "organisations": 5}',
        b'{"project": {"id": "A", "data": {}}, "organisations": [5]}',
    ],
)
def test_a_hostile_file_ends_in_problems(content: bytes) -> None:
    assert problems_of(content)


def test_a_number_that_runs_away_is_refused() -> None:
    for number in (b"1e999999999", b"9" * 50, b"NaN", b"-Infinity"):
        found = problems_of(a_file().replace(b"500000", number))
        assert [place.rpartition(".")[2] for place, _ in found] == ["value"]


def test_half_a_character_is_refused() -> None:
    content = a_file().replace(b"Alder Homes", b"\\ud800")

    assert [place for place, _ in problems_of(content)] == ["project.data.name.value"]


def test_two_records_of_one_id_are_refused() -> None:
    one = {"id": "A", "data": a_project()}

    assert problems_of(as_json([one, one])) == [("", "The id A stands twice.")]


def test_a_file_of_too_many_projects_is_refused() -> None:
    assert problems_of(as_json([{}] * 2_001))


def test_many_mistakes_are_told_up_to_a_limit() -> None:
    rows = [{"id": 1}] * 5_000

    assert len(problems_of(a_file(a_project(outcome_metrics=rows)))) == 100


def test_fields_of_another_version_are_passed_over_and_named() -> None:
    data = a_project(scenarios=[], dates={"mystery": said("x")})

    read = read_indigo(a_file(data), file="records.json")
    (finding,) = read.findings
    assert "dates" in finding.what and "the project itself" in finding.what


def test_what_is_private_or_disputed_is_not_read() -> None:
    """R106: what the publisher does not give out does not come in; each place is named."""
    hidden = said("A secret", status="PRIVATE")
    rows = [
        {"id": "a", "status": "DISPUTED", "definition": said("Not agreed")},
        {"id": "b", "definition": said("Agreed")},
    ]
    data = a_project(outcome_metrics=rows, purpose_and_classifications={"intervention": hidden})

    (record,) = read_indigo(a_file(data), file="records.json").records
    assert record.project.text("purpose_and_classifications.intervention") == ""
    assert [row.text("id") for row in record.project.rows("outcome_metrics")] == ["b"]
    assert len(record.left_out) == 2
    assert "A secret" not in str(record)


@pytest.mark.parametrize(
    ("changes", "fits"),
    [
        ({}, True),
        ({"scenarios": []}, True),
        ({"name": said(7)}, False),
        ({"stage_development": said("Running")}, False),
        ({"dates": {"start_date_of_service_provision": said("2021-4")}}, False),
        ({"jurisdiction": {"jurisdiction": said("GBR")}}, False),
        ({"outcome_metrics": {}}, False),
        ({"status": "SECRET"}, False),
    ],
)
def test_the_published_schema_takes_what_the_reader_takes(
    changes: dict[str, object], fits: bool
) -> None:
    """R104: the schema that is published is the one that is checked."""
    data = json.loads(json.dumps(a_project(**changes)))
    schema = jsonschema.Draft7Validator(json_schema())

    assert schema.is_valid(data) is fits
    if not fits:
        problems_of(a_file(data))
