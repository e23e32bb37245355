"""Choosing: whether a concept is ready, and which of several concepts or firms is chosen.

Scores here are floats; nothing in this room is money of record.
"""
