"""What an evaluation found, as a report: the plan, the people, the effect, and what payments read.

One file a part of the report. None of them computes: what they say was handed to them, and
`small.py` says which numbers of few people they may not say.
"""

from __future__ import annotations
