"""The tagger of each team: one built-in model in memory for all, and the layers and words of the teams used last."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm import team_words, versions
from crm.tables import ModelVersion, StoredFile, TeamWord
from nlp import layers
from nlp.layers import LayerBroken
from nlp.tagger import Tagger
from nlp.team_tagger import TeamTagger
from nlp.team_words import TeamWords

KEPT = 200  # teams; a layer takes about a quarter of a megabyte

Stamp = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Taught:
    """What a team has taught, and the stamp that changes when it does."""

    stamp: Stamp = (0, 0, 0)
    version_id: int = 0
    layer: bytes | None = None
    words: list[tuple[str, str]] = field(default_factory=list)


def taught(db: Session, team_id: int, base_version: str) -> Taught:
    """What holds for the team with this built-in model."""
    row = versions.live(db, team_id)
    layer = None
    if row is not None and row.base_version == base_version:
        layer = db.scalar(select(StoredFile.content).where(StoredFile.file_id == row.file_id))
    words = team_words.pairs(db, team_id)
    stamp = stamps(db, [team_id]).get(team_id, (0, 0, 0))
    return Taught(stamp, row.model_version_id if row is not None and layer else 0, layer, words)


def stamps(db: Session, team_ids: Collection[int]) -> dict[int, Stamp]:
    """The present stamp of each of these teams."""
    live = select(ModelVersion.team_id, ModelVersion.model_version_id).where(ModelVersion.state == "live")
    known = {row[0]: row[1] for row in db.execute(live.where(ModelVersion.team_id.in_(team_ids)))}
    counts = select(TeamWord.team_id, func.count(), func.max(TeamWord.team_word_id)).group_by(TeamWord.team_id)
    words = {team: (many, last) for team, many, last in db.execute(counts.where(TeamWord.team_id.in_(team_ids)))}
    return {team: (known.get(team, 0), *words.get(team, (0, 0))) for team in team_ids}


class Taggers:
    """Hands out taggers by team. Safe to share between threads."""

    def __init__(self, base: Tagger, load: Callable[[int], Taught], about: Mapping[str, Any] | None = None) -> None:
        """about: the evidence of the built-in model."""
        self.base = base
        self.about = about or {}
        self._load = load
        self._lock = threading.Lock()
        self._kept: OrderedDict[int, tuple[Stamp, TeamTagger]] = OrderedDict()

    def of(self, team_id: int) -> TeamTagger:
        """The team's tagger; asks the database the first time."""
        with self._lock:
            found = self._kept.get(team_id)
            if found is not None:
                self._kept.move_to_end(team_id)
                return found[1]
        known = self._load(team_id)
        made = self._made(known)
        with self._lock:
            self._kept[team_id] = (known.stamp, made)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return made

    def forget(self, team_id: int) -> None:
        """What the team has taught is read anew when it is next needed."""
        with self._lock:
            self._kept.pop(team_id, None)

    def kept(self) -> dict[int, Stamp]:
        """The teams in memory, with the stamps of what was read."""
        with self._lock:
            return {team_id: stamp for team_id, (stamp, _) in self._kept.items()}

    def _made(self, known: Taught) -> TeamTagger:
        words = TeamWords(known.words) if known.words else None
        try:
            layer = layers.load(known.layer) if known.layer is not None else None
        except LayerBroken:  # of another version of the code: the built-in model answers until it is learned anew
            layer = None
        return TeamTagger(self.base, layer, words, f"+{known.version_id}" if layer is not None else "")
