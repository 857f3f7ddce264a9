"""kgisheet: writes formula-driven goal sheets from revenue down to visits.

The library behind the command line::

    from kgisheet import api
    plan = api.plan_from_toml(open("plan.toml", "rb").read(), "plan.toml", lang="ja")
    open("goal.xlsx", "wb").write(api.workbook(plan, "ja"))
"""

from .version import __version__

__all__ = ["__version__"]
