"""HUD's code lists, as far as the cleaning needs them (HMIS CSV format FY2024 and FY2026)."""

from __future__ import annotations

UNKNOWN = ("8", "9", "99")
"""Not known, not told, not collected: missing, never "no"."""

YES_NO = ("0", "1")

RELATIONSHIPS = ("1", "2", "3", "4", "5")
HEAD_OF_HOUSEHOLD = 1

PROJECT_TYPES = ("0", "1", "2", "3", "4", "6", "7", "8", "9", "10", "11", "12", "13", "14")
NIGHT_BY_NIGHT = 1
OUTREACH = 4
STAYED_IN = (0, 2, 8)
"""Shelter by entry and exit, transitional housing, safe haven: stayed in from entry to exit."""
MOVED_INTO = (3, 9, 10, 13)
"""Permanent housing of every type, rapid re-housing among it: housed from the move-in day."""

BED_NIGHT = 200

_HOMELESS = ("101", "116", "118")
_INSTITUTIONAL = ("204", "205", "206", "207", "215", "225")
_TEMPORARY = ("302", "312", "313", "314", "327", "329", "332", "335", "336")
_PERMANENT = ("410", "411", "421", "422", "423", "426", "435")
UNTOLD = ("8", "9", "30", "37", "99")
"""As UNKNOWN, with no exit interview (30) and a worker who could not tell (37)."""
LIVING_SITUATIONS = (
    *_HOMELESS,
    *_INSTITUTIONAL,
    *_TEMPORARY,
    *_PERMANENT,
    "17",
    "24",
)
"""List 3.12.1, current living situations and destinations, without the codes of UNTOLD."""
PLACE_NOT_MEANT_FOR_HABITATION = 116
JAIL = 207
DECEASED = 24
PERMANENT = tuple(int(code) for code in _PERMANENT)

UNHASHED = 1
ESTIMATED = 2
RACES = {
    "AmIndAKNative": "american-indian-or-alaska-native",
    "Asian": "asian",
    "BlackAfAmerican": "black",
    "HispanicLatinao": "hispanic",
    "MidEastNAfrican": "middle-eastern-or-north-african",
    "NativeHIPacific": "native-hawaiian-or-pacific-islander",
    "White": "white",
}
