"""The stages of a team's deals as a setting: what is typed, what is stored, and open deals that follow a change."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import case, update
from sqlalchemy.orm import Session

from crm.setting_kinds import Refused
from crm.tables import Deal
from nlp import lazy

WON, LOST = "won", "lost"  # in the history of a deal, so no stage is called so
MOST, LONGEST_NAME = 8, 10
FIRST_PERCENT, LAST_PERCENT = 10, 60  # of the first and the last open stage where none is given; between them evenly
_PART = lazy.regex(r"\s*(?:[，,;；、/／\n>＞]|->|→)+\s*")
_PERCENT = lazy.regex(r"(\d{1,3})\s*[%％]")
_AFTER_PERCENT = lazy.regex(r"(\d\s*[%％])\s+(?=[^\s,，;；、/／>＞→-])")  # 初访 10% 试用 40%: a blank parts them, too
_WON = lazy.regex("成交|赢单|签约|签单|成单|成功")
_LOST = lazy.regex("流失|丢单|输单|失败|丢了|未成|没成")


@dataclass(frozen=True, slots=True)
class Stage:
    """An open stage and how many of a hundred deals in it are won, as long as the team has no history of its own."""

    name: str
    percent: int


@dataclass(frozen=True, slots=True)
class Stages:
    """The open stages in their order, and what the team calls the two ends."""

    open: tuple[Stage, ...]
    won: str
    lost: str

    @property
    def names(self) -> tuple[str, ...]:
        """The open stages."""
        return tuple(stage.name for stage in self.open)

    def place(self, name: str) -> int:
        """Where the stage stands; an unknown one counts as the first."""
        return self.names.index(name) if name in self.names else 0

    def called(self, name: str) -> str:
        """The stage, or an end, by the team's name."""
        return {WON: self.won, LOST: self.lost}.get(name, name)


DEFAULT = Stages((Stage("线索", 10), Stage("已联系", 20), Stage("有意向", 40), Stage("报价", 60)), "成交", "流失")


def taken(stages: Stages, what: str) -> tuple[str, str]:
    """The stage that a word names (报价, 报价阶段), else the first; and the other words.

    >>> taken(DEFAULT, "轴承 报价阶段"), taken(DEFAULT, "报价系统")
    (('报价', '轴承'), ('线索', '报价系统'))
    """
    words = what.split()
    for at, word in enumerate(words):
        said = word.removesuffix("阶段")
        for name in stages.names:
            if said and said in (name, name.removeprefix("已"), name.removeprefix("有")):
                return name, " ".join(words[:at] + words[at + 1 :])
    return stages.names[0], what


@dataclass(frozen=True, slots=True)
class StageNames:
    """The kind of the setting."""

    def check(self, value: object) -> Stages:
        """As in setting_kinds.Kind."""
        if isinstance(value, Stages):
            return _checked(value)
        if not isinstance(value, list | tuple) or len(value) != 3:
            raise Refused("stages")
        try:
            found = tuple(Stage(str(name), int(percent)) for name, percent in value[0])
        except (TypeError, ValueError) as error:
            raise Refused("stages") from error
        return _checked(Stages(found, str(value[1]), str(value[2])))

    def dump(self, value: object) -> object:
        """As in setting_kinds.Kind."""
        held = self.check(value)
        return [[[stage.name, stage.percent] for stage in held.open], held.won, held.lost]

    def read(self, typed: str) -> Stages:
        """As in setting_kinds.Kind: 线索 10%，拜访，报价 50%，成交，流失; the ends may be left out.

        >>> read = StageNames().read("线索，拜访，报价 50%")
        >>> [(stage.name, stage.percent) for stage in read.open], read.won, read.lost
        ([('线索', 10), ('拜访', 35), ('报价', 50)], '成交', '流失')
        >>> [(stage.name, stage.percent) for stage in StageNames().read("初访 10% 试用 40% 报价 70%").open]
        [('初访', 10), ('试用', 40), ('报价', 70)]
        """
        parts = [part.strip() for part in _PART.split(_AFTER_PERCENT.sub(r"\1，", typed.strip())) if part.strip()]
        lost = _plain(parts.pop()) if parts and _LOST.search(parts[-1]) else DEFAULT.lost
        won = _plain(parts.pop()) if parts and _WON.search(parts[-1]) else DEFAULT.won
        if any(_WON.search(part) or _LOST.search(part) for part in parts):
            raise Refused("stages")
        return _checked(Stages(tuple(_one(part, at, len(parts)) for at, part in enumerate(parts)), won, lost))

    def worded(self, value: Stages) -> str:
        """The setting as people say it."""
        shown = " → ".join(f"{stage.name} {stage.percent}%" for stage in value.open)
        return f"{shown} → {value.won} / {value.lost}"


def follow(db: Session, team_id: int, before: Stages, value: object) -> None:
    """Each deal of the team is in the stage that its former stage has become: by name, or else by place."""
    after = StageNames().check(value)
    last = len(after.open) - 1
    renamed = len(before.open) == len(after.open)
    moved = {
        stage.name: after.open[min(at, last) if renamed else min(max(at - 1, 0), last)].name
        for at, stage in enumerate(before.open)
        if stage.name not in after.names
    }
    if moved:
        mine = (Deal.team_id == team_id, Deal.stage.in_(list(moved)))
        db.execute(update(Deal).where(*mine).values(stage=case(moved, value=Deal.stage)))


def _one(part: str, at: int, number: int) -> Stage:
    if len(_PERCENT.findall(part)) > 1 or " " in _plain(part):
        raise Refused("stages")
    percent = _PERCENT.search(part)
    step = (LAST_PERCENT - FIRST_PERCENT) / max(number - 1, 1)
    return Stage(_plain(part), int(percent[1]) if percent else round(FIRST_PERCENT + step * at))


def _plain(part: str) -> str:
    return _PERCENT.sub("", part).strip(" \t()（）:：")


def _checked(found: Stages) -> Stages:
    if not 1 <= len(found.open) <= MOST:
        raise Refused("count", 1, MOST)
    names = [*found.names, found.won, found.lost]
    bad = any(not 0 < len(name) <= LONGEST_NAME or name in (WON, LOST) or "{" in name or ":" in name for name in names)
    if bad or any(not 0 <= stage.percent <= 100 for stage in found.open):
        raise Refused("stages")
    if len(set(names)) < len(names):
        raise Refused("stages")
    return found
