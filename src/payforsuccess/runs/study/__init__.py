"""A study around its estimate: plans under seal, the shell of the report, and planned looks."""
