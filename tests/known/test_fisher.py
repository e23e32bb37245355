"""Fisher's exact test against SciPy's, an independent implementation."""

from __future__ import annotations

import math

import pytest
from scipy.stats import fisher_exact

from payforsuccess.evaluation.no_effect import MOST_COUNTED, fisher
from payforsuccess.evaluation.proportions import TwoByTwo

TABLES = [
    (48, 216, 66, 216),
    (0, 5, 3, 4),
    (5, 5, 0, 9),
    (1, 1, 1, 300),
    (150, 300, 150, 300),
    (7, 400, 31, 390),
    (900, MOST_COUNTED // 2, 1_000, MOST_COUNTED // 2),
    (900, MOST_COUNTED, 1_000, MOST_COUNTED),
]


@pytest.mark.parametrize(("treated", "people", "control", "others"), TABLES)
def test_the_p_value_is_scipys(treated: int, people: int, control: int, others: int) -> None:
    found = fisher(TwoByTwo(treated, people, control, others)).p_value
    theirs = fisher_exact([[treated, control], [people - treated, others - control]]).pvalue

    assert math.isclose(found, theirs, rel_tol=1e-11)
