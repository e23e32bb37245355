"""The library of published deals: shown, compared and checked."""
