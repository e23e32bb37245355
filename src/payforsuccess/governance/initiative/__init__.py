"""An initiative on file: from the idea to sustained funding, who does what and what is on record.

`initiative.yaml` states what people did and decided. The rules of this room read it; they hold
nothing of their own, so a record corrected in the file is a condition corrected at once.
"""

from __future__ import annotations

from payforsuccess.governance.initiative.initiative import Initiative

__all__ = ["Initiative"]
