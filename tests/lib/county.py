"""The feeds of a simulated county, and the layout of each."""

from __future__ import annotations

LAYOUT_OF = {
    "register": "programme-enrolments",
    "jail": "jail-bookings",
    "courts": "court-cases",
    "hmis": "hmis",
    "housing": "housing-subsidy",
    "health": "health-encounters",
    "wages": "quarterly-wages",
    "deaths": "deaths",
}
