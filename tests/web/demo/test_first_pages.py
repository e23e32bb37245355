"""Where a day begins for those whose one task is on one page."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.web.cast import Cast


@pytest.mark.parametrize(
    ("role", "first"),
    [("link-reviewer", "desk:links"), ("monitoring-board", "initiatives:arms")],
)
def test_who_reviews_matches_or_reads_looks_begins_there(
    county: Cast, role: str, first: str
) -> None:
    """The first page says what to do next, and not where else to look for it."""
    answer = county.sign_in(role).get(reverse("initiatives:start", args=[county.slug]))

    assert answer.headers["Location"] == reverse(first, args=[county.slug])
