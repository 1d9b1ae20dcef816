"""What is said of needs and complaints over many cases: by topic, product and month, with the newest words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from charts.heat_map import HeatBlock
from crm.voices import UNNAMED, Quote, Voice, Voices
from handlers import buttons
from handlers.buttons import complaints as complaint_presses
from handlers.buttons import needs as presses
from handlers.say import Button, Say, esc
from handlers.texts import cards, days, masking, tags
from nlp import labels

NO_TOPIC = "没分主题"
NO_PRODUCT = "没提产品"
OTHERS = "其他产品"
COLUMNS = 4  # products of the picture, beside the others and those not named
SHOWN = 3
KINDS = {"both": "需求和投诉", "complaint": "投诉", "need": "需求"}
WINDOWS = {30: "近 30 天", 90: "近 90 天", 7: "近 7 天"}
QUOTE = 40


def topic(code: str | None) -> str:
    """What a topic is called."""
    return tags.NAMES.get(code or "", NO_TOPIC)


def product(name: str) -> str:
    """What a product is called here."""
    return name or NO_PRODUCT


def overview(
    found: Voices, whose: str, draft_id: int, is_private: bool, now: datetime, words: str = "近 30 天", zone: Any = None
) -> Say:
    """The figures in words; in a group without names, words of customers and buttons."""
    kind = found.scope.kind
    head = f"🧭 <b>{esc(whose)}</b> · {KINDS[kind]} · {esc(words)}"
    if not found.total:
        return Say(f"{head}\n{_nothing(found)}", _rows(found, draft_id) if is_private else ())
    lines = [head, _numbers(found)]
    if named := [(topic(code), number) for code, number in _named(found.topics)]:
        lines.append("主题：" + _ranked(named))
    if products := [(esc(name), n) for name, n in found.products.most_common() if name][:SHOWN]:
        unnamed = found.products[UNNAMED]
        lines.append("产品：" + _ranked(products) + (f"；{NO_PRODUCT} {unnamed}" if unnamed else ""))
    if cells := [(f"{esc(p)}·{topic(t)}", n) for (t, p), n in found.cells.most_common() if p and t][:2]:
        lines.append("最集中：" + _ranked(cells))
    lines += ["最新：", *(_quote(quote, is_private, zone or ZoneInfo("Asia/Shanghai"), now) for quote in found.quotes)]
    return Say("\n".join(lines), _rows(found, draft_id) if is_private else ())


def _nothing(found: Voices) -> str:
    waiting = f"（还有 {found.needs_waiting} 个需求没答复或没结果）" if found.needs_waiting else ""
    return f"这段时间没有记录到{KINDS[found.scope.kind]}{waiting}。记一笔：<code>张伟 嫌交期慢，想要加急</code>"


def _numbers(found: Voices) -> str:
    parts = []
    if found.scope.kind != "complaint":
        parts.append(
            f"需求 <b>{found.needs}</b>{_change(found.needs, found.needs_before)}（待跟 {found.needs_waiting}）"
        )
    if found.scope.kind != "need":
        told = f"投诉 <b>{found.complaints}</b>{_change(found.complaints, found.complaints_before)}"
        parts.append(f"{told}（未结 {found.complaints_open}）")
    return "；".join(parts)


def _change(now: int, before: int) -> str:
    """Beside as long a time before."""
    return f" {'↑' if now > before else '↓'}{abs(now - before)}" if now != before else ""


def _named(counter: Any) -> list[tuple[str | None, int]]:
    return [pair for pair in counter.most_common() if pair[0] is not None][: SHOWN + 1]


def _ranked(pairs: Sequence[tuple[str, int]]) -> str:
    return "、".join(f"{name} {number}" for name, number in pairs) or "没有"


def _quote(quote: Quote, is_private: bool, zone: ZoneInfo, now: datetime) -> str:
    kind = "投诉" if quote.kind == "complaint" else "需求"
    about = f"{kind}·{topic(quote.topic)}" if quote.topic else kind
    when = days.ago(quote.at, zone, now)
    if not is_private:  # what customers say never stands in a group
        return f"· {esc(masking.name(quote.customer.name))} {about}（{when}）"
    return f"· {esc(quote.customer.name)}：{esc(cards.clip(quote.text, QUOTE))}（{about} {when}）"


def _rows(found: Voices, draft_id: int) -> tuple[tuple[Button, ...], ...]:
    made = tuple(
        Button(f"{topic(code)} {number}", presses.TopicVoices(draft_id, code or "", 0))
        for code, number in _named(found.topics)[:SHOWN]
    )
    kind, length = found.scope.kind, max(1, (found.scope.until - found.scope.since).days)
    second = [Button("看产品", presses.ListProducts(draft_id))] if found.total else []
    if kind != "complaint":
        second.append(Button(f"待跟需求 {found.needs_waiting}", presses.ListNeeds("waiting", 0)))
    if kind != "need":
        second.append(Button(f"未结投诉 {found.complaints_open}", complaint_presses.ListComplaints("open", 0)))
    other = "complaint" if kind == "both" else "need" if kind == "complaint" else "both"
    longer = 90 if length < 90 else 30
    label = "需求和投诉" if other == "both" else f"只看{KINDS[other]}"
    third = (
        Button(label, presses.NarrowVoices(draft_id, length, other)),
        Button(WINDOWS[longer], presses.NarrowVoices(draft_id, longer, kind)),
        Button("口径", presses.DefineVoices(draft_id)),
    )
    return tuple(row for row in (made, tuple(second[:2]), third) if row)


def products(found: Voices, draft_id: int, named: Sequence[str]) -> Say:
    """The products of the scope, a button each."""
    lines = [f"📦 <b>{KINDS[found.scope.kind]} · 按产品</b>"]
    made = []
    for place, name in enumerate(named):
        number = found.products[name]
        top = max(
            ((n, t) for (t, p), n in found.cells.items() if p == name), key=lambda pair: pair[0], default=(0, None)
        )
        lines.append(f"· {esc(product(name))} {number}（{topic(top[1])}最多）")
        made.append(Button(cards.clip(f"{product(name)} {number}", 18), presses.ProductVoices(draft_id, place, 0)))
    rows = [tuple(made[i : i + 2]) for i in range(0, len(made), 2)]
    return Say("\n".join(lines), (*rows, (Button("返回", presses.BackToVoices(draft_id)),)))


def customers(
    what: str, page: Sequence[Voice], total: int, offset: int, more: Any, draft_id: int, owners: bool, zone: ZoneInfo,
    now: datetime,
) -> Say:  # fmt: skip
    """The customers behind a figure; `more` is the button of the next page or None."""
    lines = [f"🔎 <b>{esc(what)}</b>：{total} 位客户"]
    made = []
    for number, voice in enumerate(page, offset + 1):
        owner = f" · {esc(voice.owner)}" if owners and voice.owner else ""
        times = f" {voice.cases} 次" if voice.cases > 1 else ""
        lines.append(f"{number}. <b>{esc(voice.customer.name)}</b>{owner}{times}（{days.ago(voice.at, zone, now)}）")
        lines.append(f"　{esc(cards.clip(voice.text, 50))}")
        press: Any = presses.ShowNeed(voice.case_id)
        if voice.kind == "complaint":
            press = buttons.ShowComplaint(voice.case_id)
        made.append(Button(cards.clip(f"{number} {voice.customer.name}", 16), press))
    if not page:
        lines.append("没有更多了。" if offset else "这段时间没有。")
    rows = [tuple(made[i : i + 3]) for i in range(0, len(made), 3)]
    last = [Button("更多", more)] if more is not None else []
    return Say("\n".join(lines), (*rows, (*last, Button("返回", presses.BackToVoices(draft_id)))))


def definition(draft_id: int, words: str, first: datetime, last: datetime) -> Say:
    """[口径]"""
    span = f"{first.month}月{first.day}日 {first:%H:%M} 到 {last.month}月{last.day}日 {last:%H:%M}"
    lines = [
        "📐 <b>需求和投诉的口径</b>",
        f"时间：{esc(words)}，{span}，按提出的时间算；↑↓ 是和之前同样长的一段比",
        "一件：客户的一个需求或一件投诉；同一件没了结前再说，并进去，不另算；撤销的记录不算",
        "需求：带“显在需求”或“潜在需求”标签的记录；投诉：带“投诉”标签的记录",
        "级别：显在的质量、交付、账务类是基本需求，其余显在的是期望需求，没开口要的是潜在需求；都可以改",
        f"主题：一件只算一个，取标签里最有把握的；没有的算“{NO_TOPIC}”",
        f"产品：话里提到的（买过的或词表里的）；投诉没提就算他 180 天内最近买的；其余“{NO_PRODUCT}”",
        "待跟：还没成交也没丢的需求；未结：还没结案的投诉，都是现在的数，不看时间段",
        "范围：您看得到的客户；高、低价值按客户五类，见 汇总 的口径",
    ]
    return Say("\n".join(lines), ((Button("返回", presses.BackToVoices(draft_id)),),))


def picture(found: Voices, whose: str, words: str = "近 30 天") -> dict[str, Any]:
    """The arguments of heat_map.heat_map: topic by product, topic by month."""
    order = [code for code, _ in found.topics.most_common() if code in labels.TOPICS]
    rows: list[str | None] = [*order, *([None] if found.topics[None] else [])]
    by_product = _by_product(found, rows)
    months = HeatBlock(
        "主题 × 月份",
        [topic(code) for code in rows],
        [f"{month.month}月" for month in found.months],
        [[found.by_month[code, month] for month in found.months] for code in rows],
        rows_aside=int(None in rows),
    )
    top = f"说得最多的是{topic(order[0])}" if order else f"{KINDS[found.scope.kind]}还没有主题"
    counts = f"需求 {found.needs}、投诉 {found.complaints}"
    return {
        "blocks": [by_product, months],
        "title": top,
        "subtitle": f"{whose} · {words} · {counts}",
        "note": "橙框：这张表里最多的一格。月份表是最近六个月，最后一个月还没过完。",
    }


def _by_product(found: Voices, rows: Sequence[str | None]) -> HeatBlock:
    named = [name for name, _ in found.products.most_common() if name]
    shown = named if len(named) <= COLUMNS else named[: COLUMNS - 1]
    rest = named[len(shown) :]
    columns: list[tuple[str, tuple[str, ...]]] = [(name, (name,)) for name in shown]
    columns += [(OTHERS, tuple(rest))] if rest else []
    columns += [(NO_PRODUCT, (UNNAMED,))] if found.products[UNNAMED] else []
    values = [[sum(found.cells[code, name] for name in names) for _, names in columns] for code in rows]
    aside = int(None in rows), int(bool(found.products[UNNAMED]))
    return HeatBlock("主题 × 产品", [topic(code) for code in rows], [name for name, _ in columns], values, *aside)
