"""Person keys: kept from before, else those of the deal's own people."""

from __future__ import annotations

from payforsuccess.records.link.people import person_keys

ANCHOR = {"m", "n", "o"}


def test_a_new_person_has_the_key_of_the_smallest_anchor_record() -> None:
    found = person_keys([("a", "n", "o")], is_anchor=ANCHOR, before={})

    assert found == {"a": "n", "n": "n", "o": "n"}


def test_without_an_anchor_record_it_is_the_smallest() -> None:
    assert person_keys([("a", "b")], is_anchor=ANCHOR, before={}) == {"a": "a", "b": "a"}


def test_a_key_stays_when_a_smaller_record_comes() -> None:
    found = person_keys([("m", "n", "x")], is_anchor=ANCHOR, before={"n": "n", "x": "n"})

    assert found == {"m": "n", "n": "n", "x": "n"}


def test_of_two_people_that_become_one_the_smaller_anchor_key_stays() -> None:
    before = {"n": "n", "x": "n", "m": "m", "y": "m"}

    assert set(person_keys([("m", "n", "x", "y")], is_anchor=ANCHOR, before=before).values()) == {
        "m"
    }


def test_of_one_person_that_becomes_two_the_one_with_the_record_keeps_the_key() -> None:
    before = {"n": "n", "x": "n", "o": "n", "y": "n"}
    found = person_keys([("n", "x"), ("o", "y")], is_anchor=ANCHOR, before=before)

    assert found == {"n": "n", "x": "n", "o": "o", "y": "o"}


def test_a_record_that_left_its_person_stands_for_itself_again() -> None:
    before = {"n": "n", "x": "n", "o": "n", "y": "n"}
    found = person_keys([("n", "x")], is_anchor=ANCHOR, before=before)

    assert found == {"n": "n", "x": "n", "o": "o"}


def test_doing_it_again_changes_nothing() -> None:
    clusters = [("a", "n"), ("b", "m", "o")]
    first = person_keys(clusters, is_anchor=ANCHOR, before={})

    assert person_keys(clusters, is_anchor=ANCHOR, before=first) == first
