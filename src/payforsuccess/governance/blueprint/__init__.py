"""A blueprint on file: how a government finds, contracts, funds and runs outcomes initiatives."""

from __future__ import annotations

from payforsuccess.governance.blueprint.blueprint import Blueprint

__all__ = ["Blueprint"]
