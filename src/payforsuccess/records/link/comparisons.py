"""How two records are compared: for each identifier, the levels of agreement from best to worst.

Each level is a condition in SQL over the two records, `_l` and `_r`, and starts from the
probabilities that are usual among records of one person (`m`) and of two people (`u`). Training
replaces them where the data show enough. To compare an identifier in another way, such as by the
Dice coefficient of two Bloom filters, give a `Comparison` of the same name with other levels.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Level:
    """One degree of agreement, and how often it is met among the same and among others.

    `frequency_of` is the column whose rarity counts: agreeing on a rare surname says more.
    """

    says: str
    when: str
    m: float
    u: float
    frequency_of: str | None = None


@dataclass(frozen=True)
class Comparison:
    """One identifier, when nothing can be said of it, and its levels from best to worst.

    The worst level has no condition: it is what is left. `column` must be filled somewhere on both
    sides for the comparison to be used.
    """

    name: str
    missing: str
    levels: tuple[Level, ...]
    column: str

    def says(self, number: int) -> str:
        """What a level's number says: 0 is the worst, -1 that nothing can be said."""
        return "missing" if number < 0 else self.levels[len(self.levels) - 1 - number].says

    @property
    def number_sql(self) -> str:
        """SQL for the number of the level that two records reach."""
        best = len(self.levels) - 1
        cases = " ".join(
            f"WHEN {level.when} THEN {best - at}" for at, level in enumerate(self.levels[:-1])
        )
        return f"CASE WHEN {self.missing} THEN -1 {cases} ELSE 0 END"


_SWAPPED = "given_sound_l = family_sound_r AND family_sound_l = given_sound_r"
_NEITHER_SWAPPED = f"NOT coalesce(({_SWAPPED} AND given_sound_l <> given_sound_r), false)"


def one_slip(column: str) -> str:
    """A letter wrong, missing, too many, or two neighbours swapped.

    Two neighbours swapped are two edits to Levenshtein, whose distance takes an eighth of the time
    and leaves few pairs to look at.
    """
    sides = f"{column}_l, {column}_r"
    return f"levenshtein({sides}) <= 2 AND damerau_levenshtein({sides}) <= 1"


def _nearly(column: str) -> str:
    """One slip of a finger apart, or very near by Jaro and Winkler."""
    return (
        f"jaro_winkler_similarity({column}_l, {column}_r) >= 0.92 OR "
        f"(length({column}_l) > 3 AND {one_slip(column)})"
    )


GIVEN_NAME = Comparison(
    "given_name",
    "given_name_l IS NULL OR given_name_r IS NULL",
    (
        Level("the same", "given_name_l = given_name_r", 0.80, 0.006, "given_name"),
        Level(
            "given and family name stand in each other's place",
            f"{_SWAPPED} AND given_sound_l <> given_sound_r",
            0.02,
            2e-6,
        ),
        Level("one slip apart", _nearly("given_name"), 0.12, 0.004),
        Level(
            "sounds alike",
            "given_sound_l = given_sound_r OR "
            "jaro_winkler_similarity(given_name_l, given_name_r) >= 0.85",
            0.03,
            0.01,
        ),
        Level(
            "one begins with the other",
            "starts_with(given_name_l, given_name_r) OR starts_with(given_name_r, given_name_l)",
            0.01,
            0.005,
        ),
        Level("differs", "ELSE", 0.02, 0.97),
    ),
    "given_name",
)
FAMILY_NAME = Comparison(
    "family_name",
    f"family_name_l IS NULL OR family_name_r IS NULL OR NOT ({_NEITHER_SWAPPED})",
    (
        Level("the same", "family_name_l = family_name_r", 0.78, 0.001, "family_name"),
        Level("one slip apart", _nearly("family_name"), 0.12, 0.002),
        Level(
            "one is a part of the other",
            "starts_with(family_name_l || ' ', family_name_r || ' ') OR "
            "starts_with(family_name_r || ' ', family_name_l || ' ') OR "
            "ends_with(' ' || family_name_l, ' ' || family_name_r) OR "
            "ends_with(' ' || family_name_r, ' ' || family_name_l)",
            0.01,
            0.0002,
        ),
        Level(
            "sounds alike",
            "family_sound_l = family_sound_r OR "
            "jaro_winkler_similarity(family_name_l, family_name_r) >= 0.85",
            0.02,
            0.008,
        ),
        Level("differs", "ELSE", 0.07, 0.98),
    ),
    "family_name",
)
BORN_ON = Comparison(
    "born_on",
    "born_text_l IS NULL OR born_text_r IS NULL",
    (
        Level("the same", "born_text_l = born_text_r", 0.92, 4e-5, "born_text"),
        Level(
            "day and month swapped",
            "born_text_l[1:4] = born_text_r[1:4] AND born_text_l[5:6] = born_text_r[7:8] AND "
            "born_text_l[7:8] = born_text_r[5:6]",
            0.015,
            3e-5,
        ),
        Level("one slip apart", one_slip("born_text"), 0.035, 0.0012),
        Level("same day of another year", "born_text_l[5:8] = born_text_r[5:8]", 0.008, 0.0025),
        Level(
            "same year, and month or day",
            "born_text_l[1:4] = born_text_r[1:4] AND "
            "(born_text_l[5:6] = born_text_r[5:6] OR born_text_l[7:8] = born_text_r[7:8])",
            0.008,
            0.0018,
        ),
        Level("differs", "ELSE", 0.014, 0.995),
    ),
    "born_text",
)
SSN = Comparison(
    "ssn",
    "ssn_last4_l IS NULL OR ssn_last4_r IS NULL",
    (
        Level("the same", "ssn_l = ssn_r", 0.93, 1e-6),
        Level(
            "one slip apart",
            f"ssn_l IS NOT NULL AND ssn_r IS NOT NULL AND {one_slip('ssn')}",
            0.03,
            1e-6,
        ),
        Level(
            "the last four, where no more is known",
            "(ssn_l IS NULL OR ssn_r IS NULL) AND ssn_last4_l = ssn_last4_r",
            0.93,
            1e-4,
        ),
        Level("differs", "ELSE", 0.03, 0.9998),
    ),
    "ssn_last4",
)
ADDRESS = Comparison(
    "address",
    "(postcode_l IS NULL OR postcode_r IS NULL) AND (street_l IS NULL OR street_r IS NULL)",
    (
        Level(
            "the same street and number",
            "street_l = street_r AND coalesce(postcode_l = postcode_r, true)",
            0.30,
            2e-5,
        ),
        Level("the same ZIP code", "postcode_l = postcode_r", 0.45, 0.008, "postcode"),
        Level("a ZIP code nearby", "postcode_l[1:3] = postcode_r[1:3]", 0.15, 0.3),
        Level("differs", "ELSE", 0.25, 0.69),
    ),
    "postcode",
)
SEX = Comparison(
    "sex",
    "sex_l IS NULL OR sex_r IS NULL",
    (Level("the same", "sex_l = sex_r", 0.98, 0.5), Level("differs", "ELSE", 0.02, 0.5)),
    "sex",
)
MIDDLE_INITIAL = Comparison(
    "middle_initial",
    "middle_initial_l IS NULL OR middle_initial_r IS NULL",
    (
        Level("the same", "middle_initial_l = middle_initial_r", 0.92, 0.08),
        Level("differs", "ELSE", 0.08, 0.92),
    ),
    "middle_initial",
)
NAME_SUFFIX = Comparison(
    "name_suffix",
    "name_suffix_l IS NULL OR name_suffix_r IS NULL",
    (
        Level("the same", "name_suffix_l = name_suffix_r", 0.95, 0.4),
        Level("differs", "ELSE", 0.05, 0.6),
    ),
    "name_suffix",
)
BY_NAMES = (
    GIVEN_NAME,
    FAMILY_NAME,
    BORN_ON,
    SSN,
    ADDRESS,
    SEX,
    MIDDLE_INITIAL,
    NAME_SUFFIX,
)
"""The comparisons of clear identifiers."""
