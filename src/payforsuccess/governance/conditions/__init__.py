"""The conditions of all gates, by theme; a lifecycle says which gate asks for which."""
