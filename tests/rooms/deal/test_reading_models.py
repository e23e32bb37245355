"""What models refuse is told at its line, in plain words, one problem for one mistake."""

# ruff: noqa: E501 - a file and its message are easier to compare on one line

from __future__ import annotations

from typing import Annotated, Literal, Self

import pytest
from pydantic import Field, model_validator

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.fields import Amount, Day, ExactAboveZero, Flag, Name, Text, Whole
from payforsuccess.deal.model import Model, refuse
from payforsuccess.deal.reading import parse as parse_yaml
from payforsuccess.deal.reading import places_of, read_as
from payforsuccess.errors import Problem, Refusal, Sentence


class Sale(Model):
    """Something with a price."""

    kind: Literal["sale"] = "sale"
    name: Name = Field(description="Unique.")
    price: ExactAboveZero = Field(description="What one costs.")
    ceiling: Amount | None = Field(None, description="The most.")
    floor: Amount | None = Field(None, description="The least.")
    ends: tuple[Whole, ...] = ()

    @model_validator(mode="after")
    def _floor(self) -> Self:
        if self.floor and self.ceiling and self.floor > self.ceiling:
            refuse("The floor is above the ceiling.", "Lower it.", field="floor")
        if self.ends and self.ends[-1] > 9:
            refuse("The last end is above 9.", "Lower it.", field=f"ends[{len(self.ends) - 1}]")
        return self


class Gift(Model):
    """Something free."""

    kind: Literal["gift", "present"] = "gift"
    name: Name
    weight_in_grams: Whole


class Home(Model):
    """A place."""

    street: Text
    since: Day | None = None


class Shop(Model):
    """A file for these tests."""

    shop: Text = Field(description="The name of the shop.")
    mood: Literal["glad", "sad"] = Field(description="How it feels today.")
    goods: tuple[Annotated[Sale | Gift, Field(discriminator="kind")], ...] = Field(
        min_length=1, description="What it holds."
    )
    homes: dict[Name, Home] = Field(default_factory=dict)
    is_open: Flag = True
    nickname: Text | None = None
    limit: Amount | tuple[Amount, ...] | None = None
    owner: Home | Text | None = None
    half: float = Field(0.5, ge=0, le=1)


GOOD = """\
shop: Corner
mood: glad
goods:
  - {kind: sale, name: tea, price: 2.50}
"""


def problems_of(text: str) -> tuple[Problem, ...]:
    """All problems of a file."""
    with pytest.raises(Refusal) as refused:
        read_as(Shop, text, file="shop.yaml")
    return refused.value.problems


def the_problem(text: str) -> Problem:
    """The one problem of a file with one mistake."""
    problems = problems_of(text)

    assert len(problems) == 1, "\n".join(str(problem) for problem in problems)
    return problems[0]


def test_a_good_file_becomes_a_model() -> None:
    shop = read_as(Shop, GOOD, file="shop.yaml")

    assert shop.goods[0].name == "tea"


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("", "shop.yaml:1  colour\n  `colour` is not a key of the shop.\n  Take it out, or use"),
        ("is-open: true", "shop.yaml:1  is-open\n  `is-open` is not a key of the shop.\n  Did you"),
        ("mood: glad", "shop.yaml:3\n  `mood` is written twice, here and on line 1."),
        ("is_open: yes", "shop.yaml:1  is_open\n  “yes” is not a plain yes or no."),
        ("limit: {a: 1}", "shop.yaml:1  limit\n  A single value belongs after `limit`; found a"),
        ("limit: x", "shop.yaml:1  limit\n  “x” is not"),
        ("limit: [1, x]", "shop.yaml:1  limit[1]\n  “x” is not"),
        ("owner: {}", "shop.yaml:1  owner.street\n  `owner` has no `street`."),
        ("owner: [x]", "shop.yaml:1  owner\n"),
        ("owner: {street: a, sinse: 2026-01-01}", "owner.sinse\n  `sinse` is not a key of `owner`"),
        ("homes: {north: {}}", "homes.north.street\n  The home `north` has no `street`."),
        ("homes: {North End: {street: a}}", "homes.North End\n  `North End` cannot be used as a n"),
        ("homes: x", "homes\n  A set of keys belongs after `homes`; found the single value “x”."),
        ('"[key]": 2', "[key]\n  `[key]` is not a key of the shop."),
        ("half: 2", "half\n  This must be at most 1.0; found “2”."),
        ("half: x", "half\n  “x” cannot be used here."),
        ("nickname: ['a']", "nickname\n  A single value belongs after `nickname`; found a list."),
    ],
)
def test_one_mistake_gives_one_problem_at_its_line(more: str, expected: str) -> None:
    assert expected in str(the_problem(f"{more or 'colour: red'}\n{GOOD}"))


@pytest.mark.parametrize(
    ("goods", "expected"),
    [
        ("{name: tea, price: 1}", "goods[0]\n  The good “tea” has no `kind`."),
        ("{kind: sail, name: tea}", "goods[0].kind\n  “sail” is not a kind of good.\n  Did you mean `sale`?"),
        ("{kind: zzz}", "goods[0].kind\n  “zzz” is not a kind of good.\n  It can be `sale`, `gift` or `present`."),
        ("{kind: [sale]}", "goods[0].kind\n  One word belongs after `kind`."),
        ("{kind: }", "goods[0].kind\n  Nothing is written after `kind`."),
        ("{kind: sale, name: tea}", "goods[0].price\n  The `sale` good “tea” has no `price`.\n  Add `price`: what one costs."),
        ("{kind: sale, name: tea, prise: 1}", "goods[0].prise\n  `prise` is not a key of a `sale` good.\n  Did you mean `price`?"),
        ("{kind: sale, name: tea, price: 1, weight_in_grams: 1}", "it is one of a gift.\n  Take it out, or change the kind."),
        ("{kind: sale, name: tea, price: 1, mood: 1}", "it is one of the shop.\n  Check how far"),
        ("{kind: sale, name: tea, price: }", "goods[0].price\n  Nothing is written after `price`."),
        ("{kind: sale, name: tea, price: 1, ceiling: 1, floor: 2}", "goods[0].floor\n  The floor is above"),
        ("{kind: sale, name: tea, price: 1, ends: [1, 10]}", "goods[0].ends[1]\n  The last end is"),
        ("{kind: sale, name: tea, price: 1, ends: [1, ]}", None),
        ("{kind: sale, name: tea, price: 1, ends: [1, ~]}", "goods[0].ends[1]\n  Nothing is written"),
        ("{kind: sale, name: tea, price: 1, ends: 3}", "goods[0].ends\n  A list belongs after `ends`"),
        ("tea", "goods[0]\n  A set of keys belongs here; found the single value “tea”."),
        ("", "goods[0]\n  Nothing is written here."),
        ("{kind: sale, name: Green Tea, price: 1}", "“Green Tea” cannot be used as a name."),
    ],
)  # fmt: skip
def test_one_mistake_in_a_list_gives_one_problem(goods: str, expected: str | None) -> None:
    text = f"shop: Corner\nmood: glad\ngoods:\n  - {goods}\n"
    if expected is None:
        assert read_as(Shop, text, file="shop.yaml")
        return

    assert expected in str(the_problem(text))
    assert the_problem(text).where.line == 4


def test_an_empty_list_that_needs_an_item_says_so() -> None:
    problem = the_problem("shop: Corner\nmood: glad\ngoods: []\n")

    assert problem.what == "`goods` needs at least one item."


def test_nothing_after_a_key_the_model_can_do_without_counts_as_absent() -> None:
    shop = read_as(Shop, f"nickname:\nis_open: ~\nhomes:\nhalf: null\n{GOOD}", file="shop.yaml")

    assert (shop.nickname, shop.is_open, shop.homes, shop.half) == (None, True, {}, 0.5)


def test_nothing_after_an_unknown_key_is_still_refused() -> None:
    assert "is not a key" in the_problem(f"nicknam:\n{GOOD}").what


def test_problems_come_in_the_order_of_the_file() -> None:
    problems = problems_of("mood: angry\ngoods:\n  - {kind: sale, name: tea}\nis_open: 1\n")

    assert [problem.where.line for problem in problems] == [1, 1, 3, 4]


def test_at_most_fifty_problems_are_shown_and_the_rest_counted() -> None:
    problems = problems_of("shop: a\nmood: glad\ngoods:\n" + "  - {}\n" * 70)

    assert len(problems) == 51
    assert problems[-1].what == "There are 20 more problems."


def test_long_values_are_shortened() -> None:
    assert len(the_problem(f"mood: {'x' * 5_000}\n{GOOD.replace('mood: glad', '')}").what) < 100


@pytest.mark.parametrize(
    "text",
    ["a: 1", "goods: {}", "goods: [[]]", "shop: [[[]]]", "owner: [[]]", "limit: [[1]]", "half: {}"],
)
def test_no_words_of_the_library_reach_a_person(text: str) -> None:
    for problem in problems_of(text):
        for jargon in ("Input", "input", "validat", "dict", "tuple", "float", "http", "None"):
            assert jargon not in str(problem)


def test_every_value_of_a_file_has_a_place() -> None:
    tree = parse_yaml(GOOD, "shop.yaml").tree
    assert tree is not None

    places = places_of(tree, "shop.yaml")
    assert places["goods", 0, "price"].line == 4
    assert str(places["goods", 0, "price"]) == "shop.yaml:4  goods[0].price"


def test_every_key_of_a_deal_says_what_it_is_for() -> None:
    assert [name for name, field in Deal.model_fields.items() if not field.description] == []


def test_what_a_model_refuses_can_be_told_in_another_language() -> None:
    """A refusal that was made of a template keeps it on its way out of the model."""
    problem = the_problem(GOOD.replace("2.50", "-2.50"))
    assert isinstance(problem.what, Sentence)
    assert problem.what.template == "This must be more than zero; found {number}."
