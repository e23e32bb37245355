"""The blueprint: read with all it rests on, written as a report, issued as numbered versions."""
