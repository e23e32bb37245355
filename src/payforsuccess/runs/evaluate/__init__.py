"""The evaluator's report, made from what `pfs evaluate` found."""
