"""All figures of scoring: forecasts, clusters and rules, speed. Run: python -m benchmarks scoring [--earlier]."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks import scoring_forecasts, scoring_groups, scoring_speed

PARTS: tuple[tuple[str, Callable[[], None]], ...] = (
    ("Forecasts on held-out time", scoring_forecasts.main),
    ("Groups", scoring_groups.main),
    ("Speed", scoring_speed.main),
)


def main(options: tuple[str, ...] = ()) -> None:
    """Prints the figures; with `--earlier` those of the windows on which choices were made."""
    if "--earlier" in options:
        scoring_forecasts.show_earlier()
        return
    for title, part in PARTS:
        print(f"\n# {title}", flush=True)
        part()


if __name__ == "__main__":
    main()
