"""How long a picture takes, cold (with the import of matplotlib) and warm, and how heavy it is.

Run: python -m benchmarks.charts
"""

import time
from collections.abc import Callable
from statistics import median

from charts.gallery import PICTURES

LIMIT_SECONDS = 0.5


def main() -> None:
    """Prints the figures."""
    print(f"## Charts: seconds for one picture of 1080 px (limit {LIMIT_SECONDS} warm)")
    cold = seconds(PICTURES["segments"])
    print(f"{'first, with imports and the font':34} {cold:.3f}")
    for name, draw in PICTURES.items():
        print(f"{name:34} {median(seconds(draw) for _ in range(11)):.3f}  {len(draw()) / 1024:.0f} kB")


def seconds(draw: Callable[[], bytes]) -> float:
    """How long one call takes, in seconds."""
    start = time.perf_counter()
    draw()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
