"""The JSON Schema is that of the models, and takes every deal that the reader takes."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from payforsuccess.runs.schema import schema, schema_of_models
from tests.lib.yaml12 import read_yaml

ROOT = Path(__file__).resolve().parents[3]
GOOD = sorted((ROOT / "tests" / "scenarios" / "good").glob("*.yaml"))
GOOD += sorted((ROOT / "src" / "payforsuccess" / "templates").glob("*/deal.yaml"))
GOOD += sorted((ROOT / "src" / "payforsuccess" / "library").glob("*/deal.yaml"))
GOOD += sorted((ROOT / "examples").glob("*/deal.yaml"))


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    plain = schema().as_plain()
    Draft202012Validator.check_schema(plain)
    return Draft202012Validator(plain)


def test_the_committed_schema_is_current() -> None:
    assert schema().text == schema_of_models().text, "run `make generated`"


def test_it_lies_where_an_installed_package_finds_it() -> None:
    assert (files("payforsuccess.deal") / "schema" / "deal.schema.json").is_file()


@pytest.mark.parametrize("path", GOOD, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_it_takes_every_good_deal(validator: Draft202012Validator, path: Path) -> None:
    errors = validator.iter_errors(read_yaml(path.read_text("utf-8")))

    assert [f"{error.json_path}: {error.message}" for error in errors] == []


@pytest.mark.parametrize(
    ("change", "at"),
    [
        (("currency: USD", "currency: DOLLARS"), "$.currency"),
        (("every: quarter", "every: fortnight"), "$.periods.every"),
        (("format: 1", "formta: 1"), "$"),
        (("kind: milestones", "kind: milestone"), "$.payments[0]"),
        (("fiscal_year_starts: 07-01", "fiscal_year_starts: July"), "$.fiscal_year_starts"),
    ],
    ids=lambda value: value if isinstance(value, str) else value[1],
)
def test_it_marks_what_does_not_fit(
    validator: Draft202012Validator, change: tuple[str, str], at: str
) -> None:
    text = (ROOT / "src/payforsuccess/templates/rate-card/deal.yaml").read_text("utf-8")
    assert change[0] in text
    errors = validator.iter_errors(read_yaml(text.replace(*change)))

    assert at in {error.json_path for error in errors}


def test_each_key_is_described() -> None:
    plain = schema().as_plain()
    definitions = plain["$defs"]
    assert isinstance(definitions, dict)
    without = [
        f"{name}.{key}"
        for name, definition in [*definitions.items(), ("Deal", plain)]
        for key, value in definition.get("properties", {}).items()
        if "description" not in value and key not in {"kind", "design"}
    ]

    assert without == []
