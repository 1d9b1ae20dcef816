"""What a team may set: one field of Settings is one setting, with its default, limits and effect.

Zone and hour of the morning card are columns of the team; everything else is in `Team.settings`, beside what the scores
keep there, and only what differs from the default is stored. A new setting is one more field, in its room's own class.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import time
from typing import Any, Literal

from sqlalchemy.orm import Session

from crm import deal_stages
from crm.case_settings import CaseSettings
from crm.day_spans import Span
from crm.deal_settings import DealSettings
from crm.indicator_settings import IndicatorSettings
from crm.members import Actor
from crm.pool_settings import PoolSettings
from crm.report_settings import ReportSettings
from crm.setting_fields import Group, declared
from crm.setting_kinds import Choice, Hour, Hours, Kind, Line, Number, Numbers, Refused, Zone
from crm.tables import Member, Team
from crm.tier_rules import Tiers
from nlp import lazy
from scoring.tiers import DEFAULT as DEFAULT_TIERS
from scoring.tiers import Tier

ZONES = (
    "Asia/Shanghai",
    "Asia/Urumqi",
    "Asia/Hong_Kong",
    "Asia/Taipei",
    "Asia/Singapore",
    "Asia/Tokyo",
    "Europe/London",
)
COLUMNS = ("zone", "card_hour")  # of the team


class SettingUnknown(LookupError):
    """No setting has this name."""


class SettingRefused(ValueError):
    """The value cannot be set: `setting` says what could, `refused` what is wrong with this one."""

    def __init__(self, setting: Setting, refused: Refused) -> None:
        super().__init__(f"{setting.name}: {refused}")
        self.setting = setting
        self.refused = refused


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing that a team may set. `effect` is a sentence for its admin, `words` how else people call it."""

    name: str
    group: Group
    title: str
    effect: str
    kind: Kind
    default: Any
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings(CaseSettings, DealSettings, IndicatorSettings, PoolSettings, ReportSettings):
    """What holds for a team."""

    zone: str = declared(
        "Asia/Shanghai", Zone(ZONES), "time", "时区", "提醒、生日和“今天”都按这个时区算；成员可以另设自己的时区。"
    )
    card_hour: int = declared(
        8, Hour((7, 8, 9, 10)), "time", "早卡时间", "每天这个钟点把当天要做的事发给每位销售。", ("早卡",)
    )
    card_on_days_off: str = declared(
        "urgent",
        Choice({"urgent": "只发不能等的", "none": "不发", "all": "照常发"}),
        "time",
        "休息日的早卡",
        "周末和放假那天的早卡：不能等的是当天的事（定在这天的待办、提醒和承诺）和当天的生日。",
        ("休息日", "周末", "周末早卡"),
    )
    quiet_hours: Span | None = declared(
        Span(time(21), time(8)),
        Hours((Span(time(21), time(8)), Span(time(22), time(8)), Span(time(22), time(7)), Span(time(20), time(9)))),
        "restraint",
        "免打扰时段",
        "这段时间不发提醒，等结束再发；本人定了钟点的提醒照响，早卡设在这段时间里也照发。",
        ("免打扰", "安静时段", "静默", "勿扰"),
    )
    monthly_cap: int = declared(
        4,
        Number(1, 31, "次", (2, 4, 6, 8), off="不限"),
        "restraint",
        "每月联系上限",
        "同一位客户一个自然月里主动联系满这么多次（各渠道合计），就不再提醒祝福和营销；祝福、活动和 [已联系] 都算。",
        ("上限", "月上限", "每月上限", "联系上限"),
    )
    bereavement_days: int = declared(
        49,
        Number(7, 365, "天", (30, 49, 100)),
        "restraint",
        "哀悼期",
        "记到客户家里有丧事后，这么多天内不提醒祝福和营销；您可以随时解除。",
        ("丧事", "守孝"),
    )
    group_names: Literal["masked", "full"] = declared(
        "masked",
        Choice({"masked": "打码", "full": "全名"}),
        "restraint",
        "群里的客户姓名",
        "日报发到群里时客户只写姓；选全名就写全名。电话和记的话任何时候都不进群。",
        ("群里姓名", "打码", "群里打码"),
    )
    birthday_lead_days: tuple[int, ...] = declared(
        (3,),
        Numbers(1, 30, "天", most=3, steps=((3,), (7, 1), (7, 3, 1), (1,)), off="不提前"),
        "greetings",
        "生日提前提醒",
        "生日前这么多天各提醒一次，方便准备；当天总会提醒。",
        ("生日提前", "提前提醒", "生日提醒"),
    )
    feb29: Literal["feb28", "mar1"] = declared(
        "feb28",
        Choice({"feb28": "2月28日", "mar1": "3月1日"}),
        "greetings",
        "2月29日的生日",
        "平年里，2月29日的生日在这一天过。",
        ("闰日", "2月29日", "2月29"),
    )
    birthdays_per_day: int = declared(
        5,
        Number(1, 20, "条", (3, 5, 10)),
        "greetings",
        "每天生日消息",
        "一位销售一天最多收到这么多条单独的生日消息，其余列在早卡里。",
    )
    signature: str = declared(
        "", Line(20), "greetings", "祝福署名", "祝福语末尾的落款；不填就用团队名加销售的名字。", ("署名", "落款")
    )
    lead_ladder_days: tuple[int, ...] = declared(
        (3, 5, 7),
        Numbers(1, 60, "天", exactly=3, steps=((3, 5, 7), (1, 2, 3), (2, 4, 6), (7, 10, 14))),
        "alerts",
        "新线索没人跟",
        "新线索没联系：第一个天数提醒销售，第二个抄送主管，第三个给主管换人的按钮。",
        ("线索", "线索提醒", "跟进阶梯"),
    )
    risk_step: int = declared(
        15,
        Number(5, 50, "个百分点", (10, 15, 20)),
        "alerts",
        "流失风险再提醒",
        "已提醒过的客户，流失概率又升高这么多才再提醒一次；下单即了结。",
        ("风险", "流失", "再提醒"),
    )
    risk_alerts_per_day: int = declared(
        3,
        Number(1, 20, "条", (3, 5, 10)),
        "alerts",
        "每天流失提醒",
        "一位销售一天最多收到这么多条流失提醒，其余并成一条。",
    )
    tiers: tuple[Tier, ...] = declared(
        DEFAULT_TIERS,
        Tiers(),
        "alerts",
        "会员等级",
        "近 365 天净额和下单天数都够，就是这一级；当天的升降级和快掉级写进日报。",
        ("等级", "会员"),
    )
    learn_after: int = declared(
        30,
        Number(10, 500, "次", (20, 30, 50, 100), off="不自动学"),
        "alerts",
        "标签自动学习",
        "大家点选标签满这么多次，机器人就在后台学一遍；学得不如原来就不采用。",
        ("学习", "自动学习"),
    )


SETTINGS: dict[str, Setting] = {
    field.name: Setting(
        field.name,
        field.metadata["group"],
        field.metadata["title"],
        field.metadata["effect"],
        field.metadata["kind"],
        field.default,
        field.metadata["words"],
    )
    for field in dataclasses.fields(Settings)
}
DEFAULTS = Settings()
LEAD_IN = 2  # characters before the name of a setting: 把免打扰改成…
_FILLER = lazy.regex(
    r"^[\s:：,，]*(?:的?时间|的?时段)?[\s:：,，]*"
    r"(?:改成|改为|改到|设成|设为|设置成|设置为|调成|调到|换成|是|为|改|设)?[\s:：,，]*"
)


def of(team: Team) -> Settings:
    """What holds for the team; a stored value that fits no more counts as not set."""
    found: dict[str, Any] = {"zone": team.zone, "card_hour": team.card_hour}
    for name in team.settings.keys() & SETTINGS.keys() - found.keys():
        try:
            found[name] = SETTINGS[name].kind.check(team.settings[name])
        except Refused:
            continue
    return Settings(**found)


def get(name: str) -> Setting:
    """The setting of that name.

    Raises: SettingUnknown
    """
    if name not in SETTINGS:
        raise SettingUnknown(name)
    return SETTINGS[name]


def read(name: str, typed: str) -> Any:
    """The value that a person means by what they typed.

    Raises: SettingUnknown, SettingRefused
    """
    setting = get(name)
    try:
        return setting.kind.read(typed)
    except Refused as refused:
        raise SettingRefused(setting, refused) from refused


def change(db: Session, actor: Actor, name: str, value: Any) -> Settings:
    """The setting has this value for the team; all that holds now.

    Raises: NotAllowed, SettingUnknown, SettingRefused
    """
    actor.require("admin")
    setting = get(name)
    try:
        checked, stored = setting.kind.check(value), setting.kind.dump(value)
    except Refused as refused:
        raise SettingRefused(setting, refused) from refused
    team = _held(db, actor.team_id)
    if name == "deal_stages":
        deal_stages.follow(db, actor.team_id, of(team).deal_stages, checked)
    if name in COLUMNS:
        setattr(team, name, checked)
    elif checked == setting.default:
        team.settings = {key: kept for key, kept in team.settings.items() if key != name}
    else:
        team.settings = {**team.settings, name: stored}
    return of(team)


def reset(db: Session, actor: Actor, *names: str) -> Settings:
    """The settings of these names, all without any, have their defaults; zone and hour of the card only when named.

    Raises: NotAllowed, SettingUnknown
    """
    actor.require("admin")
    team = _held(db, actor.team_id)
    for name in names or SETTINGS.keys() - set(COLUMNS):
        change(db, actor, name, get(name).default)
    return of(team)


def set_own_zone(db: Session, actor: Actor, zone: str | None) -> None:
    """The member lives by this zone's clock, or by the team's (None).

    Raises: SettingRefused
    """
    try:
        checked = None if zone is None else str(get("zone").kind.check(zone))
    except Refused as refused:
        raise SettingRefused(get("zone"), refused) from refused
    db.get_one(Member, actor.member_id).zone = checked


def find(words: str) -> tuple[Setting, str] | None:
    """The setting that the words name at or near their beginning, the longest name first, and what else they say."""
    named = [(word, setting) for setting in SETTINGS.values() for word in (setting.title, *setting.words)]
    for word, setting in sorted(named, key=lambda pair: -len(pair[0])):
        before, found, after = words.partition(word)
        if found and len(before) <= LEAD_IN:
            return setting, _FILLER.sub("", after).strip()
    return None


def _held(db: Session, team_id: int) -> Team:
    """The team, whose settings no other transaction changes before this one ends: the scores write there too."""
    db.flush()
    return db.get_one(Team, team_id, with_for_update=True, populate_existing=True)
