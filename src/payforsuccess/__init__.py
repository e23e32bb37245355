"""Pay for Success deals in one file, from which everything else follows.

Each name below is the function that the command of the same name calls; none is loaded before it
is asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from payforsuccess.runs.blueprint.blueprint import blueprint
    from payforsuccess.runs.check import check
    from payforsuccess.runs.diff import diff
    from payforsuccess.runs.documents.document import document
    from payforsuccess.runs.explain import explain
    from payforsuccess.runs.finance.budget import budget, budget_year_end
    from payforsuccess.runs.finance.capital import capital
    from payforsuccess.runs.finance.compare import compare
    from payforsuccess.runs.finance.forecast import forecast
    from payforsuccess.runs.finance.price import price
    from payforsuccess.runs.finance.sensitivity import sensitivity
    from payforsuccess.runs.finance.simulate import simulate
    from payforsuccess.runs.finance.stream import stream
    from payforsuccess.runs.finance.tied import tied
    from payforsuccess.runs.finance.value import value
    from payforsuccess.runs.finance.wind_down import wind_down
    from payforsuccess.runs.folder import read_deal
    from payforsuccess.runs.initiative.gate import gate
    from payforsuccess.runs.initiative.registers import register
    from payforsuccess.runs.learn.learn import learn
    from payforsuccess.runs.library.check import library_check
    from payforsuccess.runs.library.library import library
    from payforsuccess.runs.new import new
    from payforsuccess.runs.open_data.export import export
    from payforsuccess.runs.plan.backtest import backtest
    from payforsuccess.runs.plan.plan import plan
    from payforsuccess.runs.run.replay import replay
    from payforsuccess.runs.run.run import run
    from payforsuccess.runs.selection.assess import assess
    from payforsuccess.runs.selection.programmes import programmes
    from payforsuccess.runs.selection.rank import rank
    from payforsuccess.runs.statement.audit_pack import audit_pack
    from payforsuccess.runs.statement.bundle import bundle
    from payforsuccess.runs.statement.determine import determine
    from payforsuccess.runs.statement.pay import pay
    from payforsuccess.runs.statement.statements import issue, show, statements
    from payforsuccess.runs.statement.verify import verify
    from payforsuccess.runs.statement.why import why
    from payforsuccess.runs.track.eligible import eligible

_MODULES = {
    "new": "new",
    "read_deal": "folder",
    "check": "check",
    "explain": "explain",
    "diff": "diff",
    "eligible": "track.eligible",
    "library": "library.library",
    "library_check": "library.check",
    "programmes": "selection.programmes",
    "assess": "selection.assess",
    "rank": "selection.rank",
    "gate": "initiative.gate",
    "register": "initiative.registers",
    "blueprint": "blueprint.blueprint",
    "forecast": "finance.forecast",
    "simulate": "finance.simulate",
    "price": "finance.price",
    "sensitivity": "finance.sensitivity",
    "compare": "finance.compare",
    "tied": "finance.tied",
    "stream": "finance.stream",
    "budget": "finance.budget",
    "budget_year_end": "finance.budget",
    "value": "finance.value",
    "plan": "plan.plan",
    "backtest": "plan.backtest",
    "learn": "learn.learn",
    "capital": "finance.capital",
    "determine": "statement.determine",
    "pay": "statement.pay",
    "issue": "statement.statements",
    "statements": "statement.statements",
    "show": "statement.statements",
    "why": "statement.why",
    "audit_pack": "statement.audit_pack",
    "bundle": "statement.bundle",
    "verify": "statement.verify",
    "wind_down": "finance.wind_down",
    "document": "documents.document",
    "export": "open_data.export",
    "run": "run.run",
    "replay": "run.replay",
}

# In the order of a deal's life, as the reference lists them.
__all__ = [  # noqa: RUF022
    "new",
    "read_deal",
    "check",
    "explain",
    "diff",
    "eligible",
    "library",
    "library_check",
    "programmes",
    "assess",
    "rank",
    "gate",
    "register",
    "blueprint",
    "forecast",
    "simulate",
    "price",
    "sensitivity",
    "compare",
    "tied",
    "stream",
    "budget",
    "budget_year_end",
    "value",
    "plan",
    "backtest",
    "learn",
    "capital",
    "determine",
    "pay",
    "issue",
    "statements",
    "show",
    "why",
    "audit_pack",
    "bundle",
    "verify",
    "wind_down",
    "document",
    "export",
    "run",
    "replay",
]


def __getattr__(name: str) -> object:
    """The function of this name, loaded now and kept."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        module = import_module(f"{__name__}.runs.{_MODULES[name]}")
    except ModuleNotFoundError as missing:
        if (missing.name or "").startswith(__name__):
            raise
        raise ModuleNotFoundError(
            f"`{name}` needs {missing.name}, which comes with the extra `analysis`. "
            "Install it with: pip install 'payforsuccess[analysis]'",
            name=missing.name,
        ) from None
    function: object = getattr(module, name)
    globals()[name] = function
    return function


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
