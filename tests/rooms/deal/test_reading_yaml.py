"""The plain part of YAML is read as text; the rest is refused at its line."""

from __future__ import annotations

import pytest
import yaml

from payforsuccess.deal.reading import parse
from payforsuccess.deal.reading import yaml_text as module
from payforsuccess.deal.reading.tree import Mapping, Node, Scalar, Sequence, place_at, plain
from payforsuccess.errors import Problem


@pytest.fixture(params=["in C", "in Python"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both parsers of PyYAML; a plain install may have only the one in Python."""
    if request.param == "in Python":
        monkeypatch.setattr(module, "_LOADER", yaml.SafeLoader)
    return str(request.param)


def tree_of(text: bytes | str) -> Mapping:
    """The tree of a file that must be right."""
    parsed = parse(text, "deal.yaml")

    assert parsed.problems == ()
    assert parsed.tree is not None
    return parsed.tree


def problems_of(text: bytes | str) -> tuple[Problem, ...]:
    """The problems of a file that must be wrong."""
    problems = parse(text, "deal.yaml").problems

    assert problems
    for problem in problems:
        assert problem.what.endswith((".", "?"))
        assert problem.do.endswith((".", "`", "?"))
    return problems


def value(text: str) -> Node:
    """What is written after the key `a`."""
    return tree_of(text).items["a"].node


@pytest.mark.parametrize(
    "written",
    ["yes", "no", "on", "off", "1:30:00", "0o17", "010", "1e3", "2020-13-45", "15.10", "=", ".inf"],
)
def test_a_scalar_stays_as_it_was_written(written: str, parser: str) -> None:
    assert plain(value(f"a: {written}\n")) == written


@pytest.mark.parametrize("written", ["", "~", "null", "Null", "NULL"])
def test_an_empty_place_and_its_names_are_nothing(written: str, parser: str) -> None:
    assert plain(value(f"a: {written}\n")) is None


@pytest.mark.parametrize("written", ["'~'", '"null"', '""', "|\n  null"])
def test_a_quoted_word_is_never_nothing(written: str, parser: str) -> None:
    assert plain(value(f"a: {written}\n")) is not None


def test_lines_and_columns_count_from_one(parser: str) -> None:
    tree = tree_of("# a deal\na:\n  - b: 1\n    c: 2\nd: {e: 3}\n")

    spots = {path: place_at(tree, path, "f") for path in [("a",), ("a", 0, "c"), ("d", "e")]}
    assert [(at.line, at.column, at.field) for at in spots.values()] == [
        (2, 1, "a"),
        (4, 8, "a[0].c"),
        (5, 8, "d.e"),
    ]


def test_an_absent_key_is_placed_where_it_belongs() -> None:
    tree = tree_of("a:\n  - b: 1\n")

    place = place_at(tree, ("a", 0, "price"), "f")
    assert (place.line, place.field) == (2, "a[0].price")


def test_windows_line_ends_and_a_byte_order_mark_are_no_matter(parser: str) -> None:
    tree = tree_of(b"\xef\xbb\xbfa: 1\r\nb:\r\n  - 2\r\n")

    assert plain(tree) == {"a": "1", "b": ["2"]}
    assert place_at(tree, ("b", 0), "f").line == 3


def test_text_may_be_a_string(parser: str) -> None:
    assert plain(tree_of("\ufeffa: é")) == {"a": "é"}


def test_a_tab_between_key_and_value_is_a_space_or_refused_by_name(parser: str) -> None:
    parsed = parse("a:\t1\n", "deal.yaml")

    if parser == "in C":
        assert parsed.tree is not None
        assert plain(parsed.tree) == {"a": "1"}
    else:
        assert "There is a tab on this line" in parsed.problems[0].what


def test_keys_may_be_quoted(parser: str) -> None:
    assert plain(tree_of("{\"a\": 1, 'b': 2}")) == {"a": "1", "b": "2"}


def test_blocks_of_text_are_kept(parser: str) -> None:
    assert plain(value("a: |\n  x\n  y\n")) == "x\ny\n"


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("a: &x 1\n", 1, "gives this part of the file a name"),
        ("a: 1\nb: *x\n", 2, "repeats another part"),
        ("a: 1\n<<: {b: 2}\n", 2, "`<<` copies keys"),
        ("a: !!str 1\n", 1, "`!!str` tells a program"),
        ("a: !secret 1\n", 1, "`!secret` tells a program"),
        ("a: !!python/object:os.system {}\n", 1, "tells a program"),
        ("a: 1\nb: 2\na: 3\n", 3, "`a` is written twice, here and on line 1"),
        ("a: 1\n---\nb: 2\n", 2, "A second document"),
        ("- a\n- b\n", 1, "The file is a list"),
        ("hello\n", 1, "The file is a single value"),
        ("", 1, "nothing in this file"),
        ("# only a comment\n", 1, "nothing in this file"),
        ("[a]: 1\n", 1, "A key must be a single word"),
        ("? {a: 1}\n: 2\n", 1, "A key must be a single word"),
        ("a: {? : 1}\n", 1, "A key has no name"),
        ("a: {~: 1}\n", 1, "A key has no name"),
        ("a:\n\tb: 1\n", 2, "begins with a tab"),
        ("a: 'x\nb: 1\n", 1, "The quote that opens on this line"),
        ("a: [1, 2\nb: 3\n", 1, "The bracket that opens here is not closed before line 2"),
        ("a: {b: 1\nc: 2\n", 1, "The bracket that opens here is not closed before line 2"),
        ("a: {b: 1 c: 2}\n", 1, "a comma or the closing `}` is missing"),
        ("a: 1\nb: x: y\n", 2, "two colons on this line"),
        ("a: 1\n   b: 2\n", 2, "This key cannot begin here"),
        ("a:\n    b: 1\n  c: 2\n", 3, "not indented like any line above"),
        ("  a: 1\nb: 2\n", 2, "not indented like any line above"),
        ('a: "x" y\n', 1, "follows the end of a value"),
        ("a: 1\n- b\n", 2, "An item of a list begins here"),
        ("a:\n- b\nc\n", 3, "no colon"),
        ("a: - b\n", 1, "An item of a list cannot begin here"),
        ("a: @b\n", 1, "cannot begin with `@`"),
        ("a: `b`\n", 1, "cannot begin with ```"),
        ("a: ]\n", 1, "`]` too many"),
        ("a: {}}\n", 1, "`}` too many"),
        ('a: "\\q"\n', 1, "backslash"),
        ("a: |x\n  b\n", 1, "begin a text on the lines below"),
        ("a: *\n", 1, "cannot begin with `*`"),
        ("%YAML 3.0\n---\na: 1\n", 1, "begins with `%`"),
        ("a: !e!x y\n", 1, "begins with `!`"),
        ("a: 1\nb\u00a0: 2\n c: 1\n", 3, "This key cannot begin here"),
        ("\u00a0a: 1\n b: 2\n", 2, "This key cannot begin here"),
    ],
)
def test_what_could_be_misread_is_refused_at_its_line(
    text: str, line: int, what: str, parser: str
) -> None:
    first = problems_of(text)[0]

    assert what in first.what
    assert first.where.line == line


@pytest.mark.parametrize(
    ("data", "line", "what"),
    [
        (b"a: 1\nb: caf\xe9\n", 2, "Character 7 of this line is not UTF-8"),
        (b"\xff\xfea\x00", 1, "saved as UTF-16"),
        (b"a: 1\nb: x\x00y\n", 2, "a NUL character"),
        (b"a: \x1b[31m\n", 1, "an escape character"),
        ("a: x\u2028b: 2\n".encode(), 1, "a hidden line break"),
        ("a: 1\nb: x\u202ey\n".encode(), 2, "reverses the direction of text"),
        ("a: 1\nb: \ufeff2\n".encode(), 2, "byte order mark in the middle"),
        (b'a: 1\nb: "\\0"\n', 2, "a NUL character"),
        (b'a: "\\u202e"\n', 1, "reverses the direction of text"),
    ],
)
def test_characters_that_nobody_can_see_are_refused(data: bytes, line: int, what: str) -> None:
    first = problems_of(data)[0]

    assert what in first.what
    assert first.where.line == line


def test_a_lone_surrogate_is_refused() -> None:
    assert "control character" in problems_of("a: \ud800")[0].what


def test_problems_are_gathered_and_not_only_the_first_one() -> None:
    problems = problems_of("a: &x 1\nb: !!int 2\nb: 3\nc: *x\n: 4\n")

    assert [problem.where.line for problem in problems] == [1, 2, 3, 4, 5]


def test_a_tree_is_there_beside_a_problem_that_leaves_nothing_out() -> None:
    parsed = parse("a: 1\na: 2\nb: &x 3\n", "deal.yaml")

    assert parsed.tree is not None
    assert plain(parsed.tree) == {"a": "1", "b": "3"}
    assert len(parsed.problems) == 2


@pytest.mark.parametrize("text", ["a: *x\n", "<<: {a: 1}\n", "a: 1\n[b]: 2\n", "a: [1\n"])
def test_no_tree_when_part_of_the_file_had_to_be_left_out(text: str) -> None:
    assert parse(text, "deal.yaml").tree is None


def test_a_list_holds_nodes_in_the_order_of_the_file() -> None:
    node = value("a: [1, '2', [3]]\n")

    assert isinstance(node, Sequence)
    assert node.items[0] == Scalar("1", 1, 5, True)
    assert node.items[1] == Scalar("2", 1, 8, False)
