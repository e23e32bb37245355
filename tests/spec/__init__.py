"""Spec tables: the rules of the measures, drawn."""
