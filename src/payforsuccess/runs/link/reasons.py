"""Why someone took two records for one person or two: words of a closed list.

A free text would hold names and numbers sooner or later, and decisions are never taken out.
"""

from __future__ import annotations

REASONS = {
    "identifiers-agree": "identifiers that do not change agree",
    "identifiers-differ": "identifiers that do not change differ",
    "typing-error": "what differs is a slip in writing",
    "changed-name": "what differs is a name that was changed",
    "relatives": "what agrees is shared by relatives or a household",
    "holder-says-so": "the agency that holds a record looked into it",
}
"""Each word with what it says."""
