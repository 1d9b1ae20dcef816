"""One customer's forecast after a new order, without the model of the last full run: for a card that is shown at once.

What a full run stores of its closed form is plain numbers (`record`). After an order the closed form says how far the
customer's log-odds moved; the stored probability is moved by as much. A first order is judged by the closed form alone.
"""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

import numpy as np
from scipy import special

from scoring import lives
from scoring.closed_form import ClosedForm
from scoring.forecasts import Method, Model
from scoring.lives import Window
from scoring.purchases import Purchases
from scoring.repeat_purchase import RepeatPurchase


def record(model: Model) -> dict[str, Any]:
    """What a later update needs, as plain JSON values."""
    closed = model.population.closed
    return {
        "method": str(model.method),
        "base_rate": model.base_rate,
        "window": asdict(closed.window),
        "prior_days": list(closed.prior_days),
        "repeat": asdict(closed.repeat),
    }


def closed_form(stored: dict[str, Any]) -> ClosedForm:
    """The closed form that was recorded."""
    window, repeat = Window(**stored["window"]), RepeatPurchase(**stored["repeat"])
    return ClosedForm(window, tuple(stored["prior_days"]), repeat)


def updated(
    stored: dict[str, Any], seen: Purchases, bought: Purchases, today: int, before: float | None
) -> float | None:
    """P(purchase within the horizon after `today`) of the one customer in `bought`; None without a purchase day.

    `seen` is what the full run knew of the customer (orders entered since may be dated before it), `before` the
    probability it gave, None for who was not in it.
    """
    if stored["method"] == str(Method.BASE_RATE):
        return float(stored["base_rate"])
    closed = closed_form(stored)
    now = lives.known(bought, replace(closed.window, cutoff=today + 1))
    if not now.rows.size:
        return None
    then = lives.known(seen, closed.window)
    logit = float(closed.logit(now)[0])
    if before is not None and then.rows.size:
        logit += float(special.logit(np.clip(before, 1e-6, 1 - 1e-6)) - closed.logit(then)[0])
    return float(special.expit(logit))
