"""The initiatives of this installation: each a deal's folder, and how it goes."""
