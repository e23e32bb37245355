"""How firm what is assumed is: the weakest standing in the file is named first."""

from __future__ import annotations

from payforsuccess.reports.forecast_words import firmness_text
from tests.lib.assumed import a_count, a_number, assumed


def test_a_number_deep_in_the_file_is_named_with_what_stands_above_it() -> None:
    """A published outcome with an estimate within it rests on the estimate too."""
    number = {**a_number("0.5"), "standing": "estimate"}
    homes = {**a_count(), "standing": "published", "each_person": number}
    assert firmness_text(assumed(outcomes={"homes": homes})) == "illustrative, estimate, published"
