"""The keys of a deal file that open data asks for."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from payforsuccess.deal.contract import Jurisdiction


@pytest.mark.parametrize("country", ["USA", "us", "U", "U1", "ÄÖ"])
def test_a_country_is_its_two_letters(country: str) -> None:
    assert Jurisdiction(name="Alder County", country="US").country == "US"
    with pytest.raises(ValidationError, match="code of a country"):
        Jurisdiction(name="Alder County", country=country)
