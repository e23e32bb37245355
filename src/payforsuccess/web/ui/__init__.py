"""What every page shares: layout, components, charts, error pages, and their Spanish."""

from __future__ import annotations
