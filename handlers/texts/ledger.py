"""Why a push came or did not, and what became of today's, in words. RULES has a line for every push there is."""

from __future__ import annotations

import html
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from crm import (
    alerts,
    backups,
    campaigns,
    complaint_alerts,
    group_tasks,
    held,
    ladder,
    oversight,
    recycling,
    report_pushes,
    rivals,
    robots,
    versions,
)
from crm import calendars as crm_calendars
from crm import groups as crm_groups
from crm.ledger import LATE, Coming, DayOf, Entry, Facts
from crm.tables import Outbox
from handlers import buttons
from handlers.say import Button, Say, esc
from handlers.texts import cards, days
from handlers.texts import held as held_texts

# push → what it is called, and by which rule it comes
RULES: dict[str, tuple[str, str]] = {
    "task": ("到点的提醒", "有人定了钟点的事，到点提醒要做的人"),
    "card": ("早卡", "每天早卡时间发给每位销售；别人当天有事也发；休息日只发不能等的"),
    "birthday": ("生日提醒", "客户生日当天早卡时间提醒负责人，提前几天由设置定"),
    "festival": ("节日祝福", "有祝福的节日，早卡时间把适合的客户列给负责人"),
    "digest": ("日报", "工作日 18 点发到团队群；没有群就发给主管"),
    "kpi": ("指标汇报", "每周、每月头一个工作日，到设的钟点发给主管和群"),
    "kpi_day": ("指标异常", "日报发到群里时，有指标不在平常范围就单独告诉主管"),
    alerts.PUSH: ("流失提醒", "客户流失风险高就提醒负责人一次，又升高一档再提醒，下单即了结"),
    alerts.REST_PUSH: ("其余的流失提醒", "一天的流失提醒满了上限，其余并成一条"),
    ladder.PUSH: ("新线索没人跟", "新线索几天没联系：先提醒销售，再抄送主管，最后给主管换人的按钮"),
    recycling.PUSH: ("公海提醒", "客户太久没人联系，回公海前提醒负责人一次，回了再说一次；天数由设置定"),
    crm_calendars.PUSH: ("放假安排没公布", "明年的放假安排还不知道时，告诉管理员一次"),
    complaint_alerts.PUSH: ("投诉期限", "加急的马上说；工作时间过半提醒负责人，到期和再过一个工作日告诉主管"),
    oversight.PUSH: ("主管留意", "工作日早卡后半小时，把新的高价值风险客户告诉主管"),
    report_pushes.PUSH: ("周报", "每周头一个工作日早卡后一小时，把上周的周报发给主管；可在设置里关"),
    group_tasks.PUSH: ("给一组客户建的任务", "主管给一类客户各建一个任务，告诉负责人一次"),
    group_tasks.UNDONE_PUSH: ("任务撤回", "主管撤回了刚才给一类客户建的任务"),
    rivals.PUSH: ("另有程序在收消息", "另有程序用同一个 token 收消息，告诉管理员，一天最多一次"),
    crm_groups.CLOSED_PUSH: ("群断开", "群里发不进去了，告诉管理员，一天最多一次"),
    backups.PUSH: ("恢复了备份", "恢复备份后，把没有再发的到期提醒列给管理员"),
    versions.PUSH: ("模型学习结果", "标签模型学完一遍，告诉管理员结果"),
    robots.TEST_PUSH: ("机器人测试", "有人点了测试"),
    robots.TESTED_PUSH: ("测试结果", "机器人测试完，告诉点的人"),
    robots.REFUSED_PUSH: ("机器人出错", "群机器人发不出去，告诉管理员"),
    campaigns.PUSH: ("活动", "主管或销售开始了一个活动，名单里有您的客户"),
}
SIGNS = {"sent": "✅", "skipped": "🤫", "refused": "❌", "uncertain": "❓", "pending": "🕗", "sending": "📤"}
NO_PUSH = "这条是回答您的话，不是到点发的提醒。回复一条提醒发“为什么”，我就说明它的来由。"
NOTHING_YET = "最近没有给您发过提醒。"
NOT_FOUND = "找不到这条提醒。发 /missed 看今天的。"
NONE_ABOUT = "还没有为这位客户发过提醒。"
SHOWN = 20
DETAILED = 4
# What Telegram and the services say, by a part of it.
FAULTS = (
    ("blocked by the user", "对方停用了机器人"),
    ("chat not found", "对方还没跟机器人说过话，或群已不在"),
    ("kicked", "机器人被移出了群"),
    ("not enough rights", "机器人在群里没有发言权限"),
    ("user is deactivated", "对方的账号已停用"),
    ("message is too long", "内容太长"),
    ("topic", "群里的那个话题已关闭"),
    ("process ended while sending", "发送途中程序停了，不知道到没到"),
    ("not rendered", "内容没能生成，已记录"),
    ("timeout", "没等到送达回执"),
    ("timed out", "没等到送达回执"),
    ("disconnected", "发送途中断线，没收到回执"),
)


def why(found: Entry, note: str = "") -> Say:
    """One push from its rule to its end."""
    row, today_zone = found.row, found.zone
    title, rule = RULES.get(row.push or "", (row.push or "提醒", ""))
    lines = [f"{note}🔎 <b>{title}</b>{_about(found)}", f"规则：{rule}"]
    if data := _data(found):
        lines.append(f"依据：{data}")
    lines.append(f"排上：{_at(row.created_at, today_zone)} · 应到：{_at(row.held_from or row.due_at, today_zone)}")
    lines.append(f"{SIGNS.get(row.state, '·')} {_end(row, today_zone)}")
    if found.member is not None or found.facts.place:
        lines.append(f"发给：{esc(found.member.name if found.member else found.facts.place)}" + _others(found))
    return Say("\n".join(lines))


def preview(found: Entry) -> tuple[str, str, str, str]:
    """Whom, what, whether and why, as plain text for the command line."""
    row = found.row
    whom = found.member.name if found.member else found.facts.place or "群"
    end = {"sent": "发", "pending": f"推到 {_at(row.due_at, found.zone)}"}.get(row.state, "")
    if row.state == "pending":
        end += f"：{held_texts.words(row.reason)}"
    elif not end:
        end = f"不发：{held_texts.words(row.reason) or fault(row.reason)}"
    title, rule = RULES.get(row.push or "", (row.push or "", ""))
    because = "；".join(part for part in (rule, html.unescape(_data(found))) if part)
    return whom, html.unescape(f"{title}{_about(found)}"), end, because


def no_greeting(name: str) -> str:
    """Why nothing came on a day of mourning."""
    return f"{name}不送祝福，所以没有节日提醒；当天过生日的客户仍会提醒，祝福改天再发。"


def which(rows: Sequence[Outbox], zone: ZoneInfo, now: datetime, head: str) -> tuple[tuple[Button, ...], ...]:
    """A button for each push."""
    return tuple((Button(_named(row, zone, now) + head, buttons.ShowWhy(row.outbox_id)),) for row in rows)


def with_choice(say: Say, rows: Sequence[Outbox], zone: ZoneInfo, now: datetime) -> Say:
    """The explanation with buttons for other pushes."""
    return Say(say.text, which(rows, zone, now, ""), about=say.about)


def missed(day: DayOf, zone: ZoneInfo, may_ask_team: bool) -> Say:
    """What should have come today, and where it is."""
    open_rows = [e for e in day.rows if e.row.state in ("pending", "sending")]
    coming = sorted(
        [(e.row.due_at, _line(e, zone, day)) for e in open_rows]
        + [(c.due_at, _later(c, zone, day)) for c in day.coming]
    )
    ended = [e for e in day.rows if e.row.state not in ("pending", "sending")]
    failed = [e for e in ended if e.row.state != "sent"]
    whose = "团队" if day.is_team else "该给您"
    sent = len(ended) - len(failed)
    head = f"📬 <b>今天{whose}的提醒</b>：已发 {sent}，没发 {len(failed)}，还没到点 {len(coming)}"
    lines = [head]
    lines += _listed("没发的", [_line(e, zone, day) for e in failed])
    lines += _listed("还没到点", [line for _, line in coming])
    lines += _listed("已发的", [_line(e, zone, day) for e in ended if e.row.state == "sent"])
    if not day.rows and not coming:
        lines.append("今天没有要发的提醒。")
    details = [*failed, *(e for e in ended if e.row.state == "sent")][:DETAILED]
    made = [Button(f"为什么：{_short(e)}", buttons.ShowWhy(e.row.outbox_id)) for e in details]
    rows = [tuple(made[at : at + 2]) for at in range(0, len(made), 2)]
    if may_ask_team:
        rows.append((Button("只看我的" if day.is_team else "看团队", buttons.ShowMissed(not day.is_team)),))
    return Say("\n".join(lines), tuple(rows))


def _listed(title: str, lines: Sequence[str]) -> list[str]:
    if not lines:
        return []
    more = [f"… 还有 {len(lines) - SHOWN} 条"] if len(lines) > SHOWN else []
    return ["", f"<b>{title}</b>", *lines[:SHOWN], *more]


def _line(found: Entry, zone: ZoneInfo, day: DayOf) -> str:
    row = found.row
    who = f"{esc(found.member.name)}：" if day.is_team and found.member else ""
    end = "" if row.state in ("pending", "sending") and row.held_from is None else f" — {_end(row, zone)}"
    hour = _hour(row.held_from or row.due_at, zone, day)
    return f"{SIGNS.get(row.state, '·')} {hour} {who}{_title(row.push)}{_which(found.facts)}{end}"


def named(found: Entry) -> str:
    """A push in a few words: what it is called, about whom, for whom."""
    who = f" → {esc(found.member.name)}" if found.member else ""
    return f"{_title(found.row.push)}{_which(found.facts)}{who}"


def _later(push: Coming, zone: ZoneInfo, day: DayOf) -> str:
    who = f"{esc(day.names.get(push.member_id or 0, '群'))}：" if day.is_team else ""
    end = f" — 免打扰，推到 {_at(push.until, zone)}" if push.until is not None else ""
    if push.held:
        end = f" — 照现在看不发：{esc(held_texts.words(push.held))}"
    return f"🕗 {_hour(push.due_at, zone, day)} {who}{_title(push.push)}{_which(push.facts)}{end}"


def _hour(instant: datetime, zone: ZoneInfo, day: DayOf) -> str:
    """The hour, with its day where that is another than the one asked about."""
    local = instant.astimezone(zone)
    return f"{local:%H:%M}" if local.date() == day.on else _at(instant, zone)


def _title(push: str | None) -> str:
    return RULES.get(push or "", (push or "提醒", ""))[0]


def _short(found: Entry) -> str:
    customer = found.facts.customer
    return cards.clip(f"{_title(found.row.push)} {customer.name if customer else found.facts.festival}".strip(), 14)


def _named(row: Outbox, zone: ZoneInfo, now: datetime) -> str:
    when = days.ago(row.sent_at or row.due_at, zone, now)
    return f"{_title(row.push)} {when}"


def _about(found: Entry) -> str:
    return _of(found.facts)


def _which(facts: Facts) -> str:
    """What tells it from others of its kind in a list: a task's own words."""
    return f"（{esc(cards.clip(facts.task.what, 20))}）" if facts.task is not None else _of(facts)


def _of(facts: Facts) -> str:
    if facts.customer is not None:
        return f"（{esc(facts.customer.name)}{' 等' if facts.is_first else ''}）"
    if facts.festival:
        return f"（{esc(facts.festival)}）"
    return f"（{esc(facts.place)}）" if facts.place else ""


def _data(found: Entry) -> str:
    """The data that led to it: 农历八月十五 → 2026-09-25."""
    facts, row = found.facts, found.row
    if row.push == "birthday" and facts.on is not None:
        spoken = "、".join(cards.spoken(born) for born in facts.born) or "生日已删除"
        how = f"，提前 {facts.ahead} 天" if facts.ahead else "，您点了改天" if facts.is_again else ""
        return f"{esc(spoken)} → {facts.on}{how}"
    if row.push == "festival":
        return f"{esc(facts.festival)} → {facts.on}"
    if row.push == "task" and facts.task is not None:
        by = f"，{esc(facts.author)} 定的" if facts.author else ""
        return f"“{esc(cards.clip(facts.task.what, 60))}” {_at(facts.task.due_at, found.zone)}{by}"
    if row.push == "task":
        return "这件事已经删除"
    if facts.risk is not None and facts.since is not None:
        return f"流失风险 {facts.risk:.0%}，{_at(facts.since, found.zone)} 起"
    if row.push == ladder.PUSH and facts.since is not None:
        return f"{_at(facts.since, found.zone)} 起由负责人跟，到 {facts.on} 还没有记录、订单和待办"
    return f"{facts.on}" if facts.on is not None else ""


def _end(row: Outbox, zone: ZoneInfo) -> str:
    """How it ended, with the reason in words; never empty."""
    late = ""
    if row.held_from is not None:
        until = f"推到 {_at(row.due_at, zone)}"
        late = f"（{held_texts.words(held.QUIET_HOURS)}，{until}）" if row.state != "skipped" else ""
    if row.state == "sent" and row.sent_at is not None:
        passed = row.sent_at - row.due_at
        tardy = f"，晚了 {_span(passed.total_seconds())}（那时机器人没在运行或在排队）" if passed > LATE else ""
        again = f"，重发过 {row.attempts} 次（没收到送达回执）" if row.attempts else ""
        return f"已发 {_at(row.sent_at, zone)}{tardy}{again}{late}"
    if row.state == "uncertain":
        return f"不确定有没有送到：{fault(row.reason)}，试了 {row.attempts} 次"
    if row.state == "refused":
        return f"没送到：{fault(row.reason)}"
    if row.state in ("skipped", "cancelled"):
        return f"没发：{esc(held_texts.words(row.reason)) or '原因没有记下'}"
    if row.state == "sending":
        return "正在发"
    return f"还没到点，{_at(row.due_at, zone)} 发{late}"


def fault(reason: str | None) -> str:
    """What a service said, in words; what is not known is quoted."""
    said = (reason or "").lower()
    known = next((words for part, words in FAULTS if part in said), None)
    if known is not None:
        return known
    worded = held_texts.words(reason)
    return f"对方服务说“{esc(cards.clip(worded, 80))}”" if worded else "没说原因"


def _others(found: Entry) -> str:
    return f"；同样的还发给了 {'、'.join(esc(name) for name in found.others[:8])}" if found.others else "；没有别人收到"


def _at(instant: datetime, zone: ZoneInfo) -> str:
    local = instant.astimezone(zone)
    return f"{local.month}月{local.day}日 {local:%H:%M}"


def _span(seconds: float) -> str:
    minutes = int(seconds // 60)
    return f"{minutes} 分钟" if minutes < 90 else f"{minutes // 60} 小时" if minutes < 2880 else f"{minutes // 1440} 天"
