"""Lessons on a practice deal, with answers that the program works out itself."""
