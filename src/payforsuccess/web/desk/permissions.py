"""Who opens which page of the desk."""

from __future__ import annotations

from payforsuccess.governance.roles.actions import Action

SEEING: tuple[Action, ...] = ("load-feeds", "plan-evaluation")
"""The desk is the steward's; the evaluator sees it too, since results rest on it."""
LOADING: Action = "load-feeds"
