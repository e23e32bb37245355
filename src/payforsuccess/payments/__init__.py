"""Payment terms as trees with four readings, and statements made by replaying all periods."""
