"""Words around answers to surveys and loyalty."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from crm.loyalty import ANSWERS_WITHIN, BOUGHT_WITHIN, LEAST, NEW_WITHIN, REPEATS_WITHIN, Loyalty, Share
from crm.outbox import About
from crm.surveys import SCORES, UNHAPPY, Answered, ScoreImpossible
from crm.tables import Customer, SurveyAnswer
from handlers import buttons
from handlers.say import Button, Rows, Say, esc
from handlers.texts import customers, days

NAMES = {"nps": "打分", "satisfaction": "满意度"}
HOW_TO = "记打分（0–10）：<code>张伟 打分 9</code>；记满意度（1–5）：<code>满意度 张伟 4</code>。"
NOT_FOUND = "找不到这条打分了，可能不在你名下。发 <code>忠诚度</code> 看现在的数。"
NO_CUSTOMER = f"是哪位客户打的分？请带上名字。{HOW_TO}"
NOT_AHEAD = "打分只能记今天、昨天、前天的，例如：<code>张伟 昨天打分 9</code>"
_DEFINITION = (
    "<b>忠诚度的口径</b>\n"
    f"· 推荐净值 NPS：近 {ANSWERS_WITHIN.days} 天打过分（0–10）的客户，每位只算最后一次。"
    "9–10 推荐者，7–8 中立，0–6 贬损者；"
    "NPS = 推荐者% − 贬损者%，−100 到 100。同一个月里再打一次，后面的替换前面的。\n"
    f"· 满意度：近 {ANSWERS_WITHIN.days} 天的 1–5 分，每位最后一次，取平均。\n"
    f"· 留存率：前一个 {BOUGHT_WITHIN.days} 天买过的客户里，最近 {BOUGHT_WITHIN.days} 天又买的占多少"
    "（净额为正的下单日才算买）。\n"
    f"· 复购率：近 {REPEATS_WITHIN.days} 天买过的客户里，累计有两个以上下单日的占多少。\n"
    f"· 转介绍率：近 {NEW_WITHIN.days} 天新录入的客户里，记了介绍人或来源是转介绍的占多少。\n"
    f"· 都到今天为止；少于 {LEAST} 位不给数。销售算自己名下，主管算全队；已删除的客户不算。"
)


def figures(found: Loyalty, sees_team: bool) -> Say:
    """The five figures, each with its parts."""
    nps, satisfaction = found.nps, found.satisfaction
    whose = "全队" if sees_team else "你名下"
    lines = [f"💗 <b>忠诚度</b>（{whose}，到 {found.on.month}月{found.on.day}日）"]
    if nps.score is not None:
        lines.append(
            f"推荐净值 NPS <b>{nps.score:+d}</b>：推荐 {nps.promoters}、中立 {nps.passives}、贬损 {nps.detractors}"
            f"（{nps.number} 位打分）"
        )
    else:
        lines.append(f"推荐净值 NPS：{_not_enough('打过分的客户', nps.number)}")
    if satisfaction.mean is not None:
        lines.append(f"满意度 <b>{satisfaction.mean:.2f}</b>/5（{satisfaction.number} 位）")
    else:
        lines.append(f"满意度：{_not_enough('打过分的客户', satisfaction.number)}")
    lines += [
        _share("留存率", found.retention, f"前 {BOUGHT_WITHIN.days} 天买过"),
        _share("复购率", found.repeat, "一年内买过"),
        _share("转介绍率", found.referral, "一年内新录入"),
    ]
    if not nps.number and not satisfaction.number:
        lines.append(HOW_TO)
    row = [Button("口径", buttons.DefineLoyalty())]
    if nps.detractors:
        row.insert(0, Button(f"贬损者 {nps.detractors} 位", buttons.ListUnhappy(0)))
    return Say("\n".join(lines), (tuple(row), (Button("种子客户", buttons.ListSeeds(0)),)))


def answered(found: Answered, today: date) -> Say:
    """An answer was recorded, taken back or restored."""
    answer, customer = found.answer, found.customer
    told = f"{esc(customers.label(customer))} {NAMES[answer.survey]} {answer.score} 分"
    about = About(customer.customer_id)
    see = Button("看客户", buttons.ShowCustomer(customer.customer_id))
    if answer.deleted_at is not None:
        head = f"↩️ {'已撤销' if found.changed else '之前已撤销'}：{told}"
        if found.before is not None and found.before.deleted_at is None:
            head += f"，仍算之前的 {found.before.score} 分"
        return Say(head, ((Button("恢复", buttons.RestoreAnswer(answer.survey_answer_id)), see),), about=about)
    lines = [f"✅ {'记下' if found.changed else '之前已记下'}：{told} · {days.day(answer.answered_on, today)}"]
    if found.before is not None:
        lines.append(f"这个月之前记的 {found.before.score} 分，换成这次的。")
    rows: list[tuple[Button, ...]] = [(Button("撤销", buttons.UndoAnswer(answer.survey_answer_id)), see)]
    if answer.score <= UNHAPPY[answer.survey]:
        lines.append("⚠️ 不满意，两天内回个电话，问清原因再记一笔。")
        ask = (Button("定回访", buttons.AskAbout(customer.customer_id, "reminder")),)
        rows.insert(0, (*ask, Button("记原因", buttons.AskAbout(customer.customer_id, "note"))))
    elif answer.survey == "nps" and answer.score >= 9:
        lines.append(f"🌱 愿意推荐我们，可以请他介绍客户：<code>转介绍 {esc(customer.name)}</code>")
    return Say("\n".join(lines), tuple(rows), about=about)


def which(found: Sequence[Customer], survey: str, score: int, on: date) -> Say:
    """Whose answer it is."""
    made = tuple(
        (Button(customers.label(row)[:28], buttons.SurveyAnswerOf(row.customer_id, survey, score, on.toordinal())),)
        for row in found
    )
    return Say("找到这几位，是哪一位打的分？", made)


def impossible(error: BaseException) -> Say:
    """The survey has no such score; perhaps the other one was meant."""
    assert isinstance(error, ScoreImpossible)
    low, high = SCORES[error.survey]
    text = f"{NAMES[error.survey]}是 {low} 到 {high} 的整数，没有 {error.score:g} 分。{HOW_TO}"
    rows: Rows = ()
    if error.could_be and float(error.score).is_integer():
        other = error.could_be[0]
        press = buttons.SurveyAnswerOf(error.customer_id, other, int(error.score), error.on.toordinal())
        rows = ((Button(f"记成{NAMES[other]} {error.score:g}", press),),)
    return Say(text, rows)


def unhappy(found: Sequence[tuple[Customer, SurveyAnswer, str]], total: int, offset: int, following: int | None) -> Say:
    """Who would not recommend us."""
    if not total:
        return Say(f"近 {ANSWERS_WITHIN.days} 天没有贬损者（打 0–6 分）。", ((_back(),),))
    lines = [f"⚠️ 近 {ANSWERS_WITHIN.days} 天最后一次打 0–6 分的 {total} 位，最低的在前："]
    for at, (customer, answer, owner) in enumerate(found, offset + 1):
        by = f" · {esc(owner)}" if owner else ""
        day = f"{answer.answered_on.month}月{answer.answered_on.day}日"
        lines.append(f"{at}. {esc(customers.label(customer))} {answer.score} 分（{day}）{by}")
    made = [Button(customer.name[:20], buttons.ShowCustomer(customer.customer_id)) for customer, _, _ in found]
    rows = [tuple(made[at : at + 3]) for at in range(0, len(made), 3)]
    last = (_back(),) if following is None else (Button("更多", buttons.ListUnhappy(following)), _back())
    return Say("\n".join(lines), (*rows, last))


def definition() -> Say:
    """How the figures come about."""
    return Say(_DEFINITION, ((_back(),),))


def _back() -> Button:
    return Button("返回", buttons.ShowLoyalty())


def _share(name: str, share: Share, base: str) -> str:
    if share.rate is None:
        return f"{name}：{_not_enough(f'{base}的客户', share.of)}"
    return f"{name} <b>{share.rate:.0%}</b>（{base} {share.of} 位，其中 {share.part} 位）"


def _not_enough(whom: str, number: int) -> str:
    return f"还不够（{whom} {number}/{LEAST}）"
