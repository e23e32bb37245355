"""Pay for Success deals in one file, from which everything else follows."""

from __future__ import annotations

__version__ = "0.1.0"
