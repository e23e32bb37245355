"""Every deal of the library carries lessons, each with a source that can be looked up."""

from __future__ import annotations

from payforsuccess.runs.library.files import library_records, library_sources

KNOWN = {source.id for source in library_sources().sources}


def test_each_comparator_carries_sourced_lessons() -> None:
    """R148: each comparator carries sourced lessons (what stalled, what was amended)."""
    assert [record.id for record, _ in library_records() if not record.lessons] == []


def test_each_lesson_names_a_source_that_is_listed() -> None:
    """R148: no lesson without a source."""
    unknown = [
        (record.id, source)
        for record, _ in library_records()
        for lesson in record.lessons
        for source in lesson.sources
        if source not in KNOWN and not source.startswith("indigo:INDIGO-POJ-")
    ]

    assert unknown == []
