"""What /metrics shows. One process, one registry."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge

registry = CollectorRegistry()
updates = Counter("sales_updates", "Updates stored in the inbox", registry=registry)
letters = Counter("sales_letters", "Messages carried out, by how they ended", ["state"], registry=registry)
planned = Counter("sales_pushes_planned", "Pushes planned by the clock", registry=registry)
lanes_waiting = Gauge("sales_updates_waiting", "Updates stored and not handled yet", registry=registry)
