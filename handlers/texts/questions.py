"""What is said to a question about figures."""

from __future__ import annotations

import re
from dataclasses import replace

from charts import figures
from crm.questions import Answer, Line, Named, Quote
from handlers import buttons
from handlers.say import Button, Rows, Say, esc
from handlers.texts import cards, risk_facts, tags
from nlp.questions import Period, Question

SHOWN = 5
BEHIND = ("customers", "new", "lost", "at_risk", "complaints", "buyers", "returns", "needs")  # figures with customers
EVERYBODY = 0  # instead of a member
NOBODYS = "没人名下的"  # sold, but counting for nobody
FEW = 5  # a rate of fewer says little
NAMES = {
    "money": "净额",
    "received": "回款",
    "orders": "签单",
    "new": "新增客户",
    "lost": "转为易流失的客户",
    "at_risk": "易流失的客户",
    "complaints": "投诉",
    "needs": "需求",
    "notes": "跟进记录",
    "overdue": "逾期任务",
    "conversion": "转化率",
    "average": "客单价",
    "repeat": "复购率",
    "buyers": "下单客户",
    "returns": "退货",
    "customers": "客户",
}
UNITS = {"orders": "单", "complaints": "件", "needs": "条", "notes": "条", "overdue": "件", "returns": "单"}
VALUES = {"高": "高价值客户", "低": "低价值客户", "无": "无价值客户"}
DEFINED = {
    "money": "净额 = 订单 − 退货，按下单日算；谁卖的算谁的，客户后来转给别人也不变。",
    "received": "回款 = 记下的收款，按到账日算，当场付清的订单也算；"
    "算在客户现在的负责人名下。卖了多少请发 <code>这个月卖了多少</code>。",
    "orders": "签单 = 订单笔数（退货不算），按下单日算；谁卖的算谁的，客户后来转给别人也不变。",
    "new": "新增客户 = 这段时间里录入、现在还在的客户，线索也算；算在现在的负责人名下。",
    "lost": "流失 = 这段时间里从“稳定”转到“易流失”的客户，一位只算一次；来自每天的评分，下单后会转回来。",
    "at_risk": "易流失 = 现在的五类里“高价值易流失”和“低价值易流失”两类；金额是近 365 天净额。",
    "complaints": "投诉 = 这段时间里开的投诉单，撤销的不算；问说了什么时，是带“投诉”标签的记录，一条可有几个主题。",
    "needs": "需求 = 带“显在需求”或“潜在需求”标签的记录，一条可有几个主题。",
    "notes": "跟进记录 = 这段时间写下的记录，算在写的人名下；导入的备注不算。",
    "overdue": "逾期任务 = 到期日在今天以前、还没完成也没取消的任务，算在执行人名下。",
    "conversion": "转化率 = 这段时间录入的客户里，到现在下过单的占比；录入不久的还没来得及成交。",
    "average": "客单价 = 净额 ÷ 订单笔数。",
    "repeat": "复购率 = 最近一单在这段时间里的客户中，在两个或更多日子下过单的占比。",
    "buyers": "下单客户 = 这段时间里下过单的客户，一位只算一次；只退过货的不算。",
    "returns": "退货 = 这段时间里的退货笔数。",
    "customers": "客户 = 现在在册的客户，线索也算。",
}
COUNTED_BY_HAND_FEN = 10_000_000
NO_PIECES = "几箱几袋没有按产品加总，这里是金额和单数。"
NO_PAYMENTS = (
    "这里只算记下的收款和当场付清的订单，例如 <code>回款 王总 3000</code>；"
    "卖了多少发 <code>这个月卖了多少</code>，没收回来的发 <code>谁欠款</code>。"
)


def answer(found: Answer, draft_id: int, asks_pieces: bool = False) -> Say:
    """The figures, names or words, with [口径]; how many pieces were sold is kept in the orders alone."""
    question = found.question
    if found.only_own:
        return Say(f"您只能看您自己的客户。{_days(question.period)}{_said(found.total, question)}", _foot(draft_id))
    if question.shape == "list":
        return _list(found, buttons_of(found, draft_id))
    if question.shape == "quotes":
        return _quotes(found, draft_id)
    if question.shape == "total":
        said = _total(found, draft_id)
        return replace(said, text=f"{said.text}\n{NO_PIECES}") if asks_pieces and found.total.part else said
    return _rank(found, draft_id)


def definition(question: Question, draft_id: int) -> Say:
    """What the figure counts."""
    lines = [f"📐 <b>{NAMES[question.measure]}的口径</b>", DEFINED[question.measure]]
    if question.period is not None:
        lines.append(f"时间：{spaced(question.period.words)}（{span(question.period)}）")
    if question.where:
        lines.append(f"范围：{_whose(question).removesuffix('的')}")
    if any(field == "产品" for field, _ in question.where):
        lines.append("产品：产品名里带这几个字的订单都算。")
    lines.append("数字取自此刻的记录，只含您看得到的客户。")
    return Say("\n".join(lines), ((Button("返回", buttons.ShowAnswer(draft_id, 0)),),))


def span(period: Period) -> str:
    """The days: 3月1日–3月18日."""
    first, last = period.first, period.last
    years = ("", "") if first.year == last.year else (f"{first.year}年", f"{last.year}年")
    words = f"{years[0]}{first.month}月{first.day}日"
    return words if first == last else f"{words}–{years[1]}{last.month}月{last.day}日"


def _head(question: Question) -> str:
    name, whose = NAMES[question.measure], _whose(question)
    if any(field == "价值" for field, _ in question.where) and name.endswith("客户"):
        rest = name.removesuffix("客户")  # 高价值客户中易流失的, not 高价值客户的易流失的客户
        words = f"<b>{whose.removesuffix('的')}{f'中{rest}' if rest else ''}</b>"
    else:
        words = f"<b>{whose}{name}</b>"
    if question.period is not None:
        words += f" · {spaced(question.period.words)}（{span(question.period)}）"
    return words


def _whose(question: Question) -> str:
    parts = []
    for field, value in question.where:
        parts.append(VALUES[value] if field == "价值" else "我" if value == "我" else esc(value))
    return "、".join(parts) + "的" if parts else ""


def _rank(found: Answer, draft_id: int) -> Say:
    question = found.question
    if not found.lines:
        hint = "现在易流失的客户发 /risk。" if question.measure == "lost" else ""
        return Say(f"🔎 {_head(question)}：没有。{hint}", _foot(draft_id))
    lines = [f"🏆 {_head(question)}，{'最少' if question.least else '最多'}的在前".replace("最多", _best(question))]
    named = [line for line in found.lines if line.key is not None]
    lines += [f"{place}. {_name(line, question)} {_value(line, question)}" for place, line in _placed(named)]
    if found.count > min(len(named), SHOWN):
        lines.append(f"另有 {found.count - min(len(named), SHOWN):,} 个未列出")
    lines += [f"{NOBODYS} {_value(line, question)}" for line in found.lines if line.key is None]
    if question.measure in ("conversion", "repeat") and any(line.whole < FEW for line in found.lines[:SHOWN]):
        lines.append(f"<i>不满 {FEW} 位的只供参考</i>")
    return Say("\n".join(lines), (*_behind(found, draft_id), *_foot(draft_id)))


def _best(question: Question) -> str:
    return "最高" if question.measure in ("money", "received", "conversion", "average", "repeat") else "最多"


def _placed(lines: list[Line]) -> list[tuple[int, Line]]:
    return list(enumerate(lines[:SHOWN], 1))


def _name(line: Line, question: Question) -> str:
    is_topic = question.by == "topic" or question.shape == "quotes"
    return tags.NAMES.get(line.name, line.name) if is_topic else esc(cards.clip(line.name, 24))


def _value(line: Line, question: Question) -> str:
    match question.measure:
        case "money" | "received" | "average":
            return figures.yuan(line.value)
        case "conversion" | "repeat":
            return f"{line.value:.0%}（{line.part:,}/{line.whole:,}）"
        case "returns" if line.part:
            return f"{line.value:,.0f} 单（{figures.yuan(line.part)}）"
        case "at_risk" if line.part:
            return f"{line.value:,.0f} 位（{figures.yuan(line.part)}）"
    return f"{line.value:,.0f} {UNITS.get(question.measure, '位')}"


def _said(line: Line, question: Question) -> str:
    """The one figure that is asked for; one's own money and what a shop may count by hand to the fen, not in 万."""
    is_own = ("人", "我") in question.where
    exact = question.measure in ("money", "received") and (is_own or abs(line.value) < COUNTED_BY_HAND_FEN)
    words = cards.money(round(line.value)) if exact else _value(line, question)
    counted = {"money": "单", "received": "笔"}.get(question.measure)
    return f"{words}（{line.part:,} {counted}）" if counted else words


def _total(found: Answer, draft_id: int) -> Say:
    question = found.question
    rows = _foot(draft_id)
    if found.total.value and question.measure in BEHIND:
        rows = ((Button("看名单", buttons.AnswerOf(draft_id, EVERYBODY, 0)), *rows[0]),)
    goods = next((value for field, value in question.where if field == "产品"), "")
    hint = f"\n{NO_PAYMENTS}" if question.measure == "received" and not found.total.part else ""
    if found.returned is not None and found.returned.value:
        returned = f"{found.returned.value:,.0f} 单 {cards.money(found.returned.part)}"
        hint += f"\n另有退货 {returned}，没有从里面减。"
    if found.sold is not None:
        hint += f"\n🧾 同期{NAMES['money']}：<b>{_said(found.sold, replace(question, measure='money'))}</b>"
    if found.open_fen is not None:
        hint += f"\n🧾 还没收：最多 <b>{cards.money(found.open_fen)}</b>（名单发 <code>谁欠款</code>）"
    if question.undivided:
        hint += f"\n{question.undivided}没有分开记，这是全部收款。"
    if goods and question.measure != "returns" and not found.total.value and not found.total.part:
        hint = f"\n这段时间没有产品名里带“{esc(goods)}”的订单。"
    return Say(f"📊 {_head(question)}：<b>{_said(found.total, question)}</b>{hint}", rows)


def _list(found: Answer, rows: Rows) -> Say:
    question = found.question
    if not found.count:
        return Say(f"🔎 {_head(question)}：没有。", rows)
    lines = [f"🔎 {_head(question)}：<b>{found.count:,} 位</b>"]
    lines += [f"{place}. {_customer(entry)}" for place, entry in enumerate(found.named, found.offset + 1)]
    return Say("\n".join(lines), rows)


def _customer(entry: Named) -> str:
    words = esc(entry.customer.name)
    summary = entry.summary
    if entry.fen is not None:
        return f"{words} {figures.yuan(entry.fen)}" + (f" · {esc(entry.owner)}" if entry.owner else "")
    if summary is not None and summary.value_fen:
        words += f" {figures.yuan(summary.value_fen)}"
    if chance := risk_facts.chance(summary):
        words += f" · 流失 {chance}"
    return words + (f" · {esc(entry.owner)}" if entry.owner else "")


def _quotes(found: Answer, draft_id: int) -> Say:
    question = found.question
    name = NAMES[question.measure]
    if not found.total.value:
        return Say(f"💬 {_whose(question)}{_days(question.period).rstrip()}没有{name}。", _foot(draft_id))
    lines = [f"💬 {_head(question)}：{name} {found.total.value:,.0f} 条"]
    if found.lines:
        lines.append("、".join(f"{_name(line, question)} {line.value:,.0f}" for line in found.lines[:SHOWN]))
    lines += [f"“{esc(cards.clip(quote.text, 60))}”——{_speaker(quote)}" for quote in found.quotes]
    made = {q.customer.customer_id: Button(cards.clip(q.customer.name, 12), _card(q)) for q in found.quotes}
    return Say("\n".join(lines), (tuple(made.values()), *_foot(draft_id)))


def _card(quote: Quote) -> buttons.ShowCustomer:
    return buttons.ShowCustomer(quote.customer.customer_id)


def _speaker(quote: Quote) -> str:
    owner = f"（{esc(quote.owner)}）" if quote.owner else ""
    return f"{esc(quote.customer.name)}{owner}"


def _behind(found: Answer, draft_id: int) -> Rows:
    """A button for the customers of each of the first members."""
    question = found.question
    if question.by != "rep" or question.measure not in BEHIND:
        return ()
    kept = [line for line in found.lines[:3] if line.value and line.key is not None]
    return (tuple(Button(cards.clip(f"{x.name}的客户", 12), buttons.AnswerOf(draft_id, int(x.key), 0)) for x in kept),)


def buttons_of(found: Answer, draft_id: int, member_id: int | None = None) -> Rows:
    """The customers of a list, [更多], [口径]; of one member's figure also the way back."""
    made = [Button(cards.clip(e.customer.name, 12), buttons.ShowCustomer(e.customer.customer_id)) for e in found.named]
    rows = [tuple(made[at : at + 3]) for at in range(0, len(made), 3)]
    last, following = [], found.offset + len(found.named)
    if following < found.count:
        again = buttons.ShowAnswer(draft_id, following)
        last.append(Button("更多", again if member_id is None else buttons.AnswerOf(draft_id, member_id, following)))
    if member_id is not None:
        last.append(Button("返回", buttons.ShowAnswer(draft_id, 0)))
    return (*rows, (*last, *_foot(draft_id)[0]))


def of_member(found: Answer, draft_id: int, member_id: int) -> Say:
    """The customers behind one member's figure."""
    return _list(found, buttons_of(found, draft_id, member_id))


def _foot(draft_id: int) -> tuple[tuple[Button, ...], ...]:
    return ((Button("口径", buttons.DefineAnswer(draft_id)),),)


def _days(period: Period | None) -> str:
    return f"{spaced(period.words)} " if period is not None else ""


def spaced(words: str) -> str:
    """近 30 天 for 近30天."""
    return re.sub(r"(?<=[近])(\d+)", r" \1 ", words)
