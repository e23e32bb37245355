"""From results to a statement: determined, paid, issued, checked, handed on."""
