"""Traffic of the emulator checked against the official description of the Bot API, where its checker is at hand.

The checker (`spec_check.py` with `botapi_spec.json`) is looked for in the folder that SALES_TOOLS names, or in
`../shared/tools/botapi` beside the repository.

    assert spec_traffic.findings(em.traffic) == []     # [] too where there is no checker
    spec_traffic.require()                             # skips the test there instead, saying so
"""

import functools
import importlib.util
import os
import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from emulator.traffic import Exchange, Traffic

ROOT = Path(__file__).parent.parent
_LOCAL_WEBHOOK = re.compile(r"http://(127\.0\.0\.1|localhost)[:/]")


def folder() -> Path | None:
    """Where the checker lives; None where it is not at hand."""
    named = os.environ.get("SALES_TOOLS")
    places = [Path(named), Path(named) / "botapi"] if named else [ROOT.parent / "shared" / "tools" / "botapi"]
    return next((place for place in places if (place / "spec_check.py").is_file()), None)


@functools.cache
def checker() -> ModuleType | None:
    """The checker's module; None where it is not at hand."""
    place = folder()
    if place is None:
        return None
    spec = importlib.util.spec_from_file_location("spec_check", place / "spec_check.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["spec_check"] = module
    spec.loader.exec_module(module)
    return module


def require() -> ModuleType:
    """The checker's module; the test is skipped where it is not at hand."""
    module = checker()
    if module is None:
        pytest.skip("skipped: spec_check.py, the Bot API checker; name its folder in SALES_TOOLS")
    return module


def findings(traffic: Traffic) -> list[str]:
    """What is wrong, each with the request it concerns; empty where there is no checker."""
    module = checker()
    if module is None:
        return []
    return [f"{problem}   in {_short(exchange)}" for exchange in traffic for problem in _problems(module, exchange)]


def _problems(module: ModuleType, exchange: Exchange) -> list[str]:
    issues: list[Any] = []
    for record in Traffic.records_of(exchange):
        if "update" in record:
            issues += module.check_update(record["update"])
        elif "response" in record:
            issues += module.check_response(record["method"], record["response"])
        else:
            issues += module.check_request(record["method"], _as_deployed(record["params"]), record["files"])
    return [str(issue) for issue in issues if issue.level == "error"]


def _as_deployed(params: dict[str, Any]) -> dict[str, Any]:
    """The parameters; a webhook on this machine, which only local servers take, stands for a public one."""
    url = params.get("url")
    if isinstance(url, str) and _LOCAL_WEBHOOK.match(url):
        return {**params, "url": _LOCAL_WEBHOOK.sub("https://bot.example.org/", url)}
    return params


def _short(exchange: Exchange) -> str:
    return f"{exchange.method} {str(exchange.params)[:300]} -> {exchange.status} {exchange.body[:200]!r}"
