"""What /metrics shows. One process, one registry."""

from __future__ import annotations

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, ProcessCollector

registry = CollectorRegistry()
ProcessCollector(registry=registry)  # memory, CPU, open files
updates = Counter("sales_updates", "Updates stored in the inbox", registry=registry)
letters = Counter("sales_letters", "Messages carried out, by how they ended", ["state"], registry=registry)
ticks = Counter("sales_ticks", "Times the planners ran over all teams", registry=registry)
planned = Counter("sales_pushes_planned", "Pushes planned by the clock", registry=registry)
robot_posts = Counter(
    "sales_robot_posts", "Posts to group robots, by service and end", ["service", "end"], registry=registry
)
updates_waiting = Gauge("sales_updates_waiting", "Updates stored and not handled yet", registry=registry)
letters_waiting = Gauge("sales_letters_waiting", "Messages that wait to be carried out", registry=registry)


def watch(updates_now: Callable[[], int], letters_now: Callable[[], int]) -> None:
    """The gauges show these numbers whenever they are asked for."""
    updates_waiting.set_function(updates_now)
    letters_waiting.set_function(letters_now)
