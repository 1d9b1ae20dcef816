"""What is said when customers are added, changed, found and taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from crm import cards as crm_cards
from crm import customers
from crm.leads import KnownAlready, Saved
from crm.outbox import About
from crm.profile_fields import FIELDS, FieldRefused
from crm.search import Found
from crm.tables import Customer
from handlers import buttons
from handlers.say import Button, Rows, Say, esc
from handlers.texts import birthdays, cards, masking, repetitions, restraint, tags, undated

FIELD_NAMES = {
    "name": "姓名",
    "phone": "电话",
    "company": "公司",
    "title": "职位",
    "birthday": "生日",
    "wechat": "微信",
    "email": "邮箱",
    "region": "地区",
    "address": "地址",
    "industry": "行业",
    "source": "来源",
    "gender": "性别",
}
EXAMPLES = {
    "name": "张伟",
    "phone": "13800138000",
    "company": "上海美达",
    "title": "采购经理",
    "birthday": "农历八月十五 或 1985-03-08",
    "wechat": "zhangwei88",
    "email": "zhang@example.com",
    "region": "上海",
    "address": "国贸大厦A座1203",
    "industry": "五金",
    "source": "展会",
    "gender": "男 或 女",
}
PAGE = 6
TYPED = 300  # characters of a note shown on a fresh card

SAVED = "✅ 已保存"
REREAD = "✏️ 已按您改的更新"
HOW_TO_ADD = "请把客户写在一条消息里，例如：<code>加客户 王总 13800138000 上海美达 采购经理 农历八月十五生日</code>"
HOW_TO_FIND = (
    "想查谁？例如：<code>查 张伟</code>，拼音首字母 <code>查 zw</code>、手机尾号 <code>查 8000</code> 或公司名也行。"
)
ASK_NAME = "我没看出客户叫什么，先帮您留着。请直接发客户的姓名，例如：王总"
ASK_NAME_AGAIN = "客户叫什么？请直接发姓名，例如：王总"
KNOWN_IN_GROUP = "这位客户没有新建，详情请私聊我。"
LIKE_COLLEAGUES = "⚠️ 这位客户可能已有同事在跟进，请联系主管。"
WITH_COLLEAGUE = "这个号码已有同事在跟进，请联系主管。"
GONE = "找不到这位客户了，可能已被撤销或不在你名下。发 <code>查 姓名</code> 再找一次。"


def saved(outcome: Saved, zone: ZoneInfo, now: datetime, head: str = SAVED) -> Say:
    """The card of a customer just made: every field, the note with its tags, the task, warnings."""
    customer, today = outcome.customer, now.astimezone(zone).date()
    following = crm_cards.next_birthday(customers.birthdays(customer), today, outcome.feb29)
    lines = [head, *cards.profile_lines(customer, outcome.phones, today, following)]
    if outcome.brought_by is not None:
        lines.append(f"⬆️ 介绍人：{esc(label(outcome.brought_by))}")
    if outcome.note is not None:
        lines += [f"📝 {esc(cards.clip(outcome.note.text, TYPED))}", tags.line(outcome.note, outcome.tags)]
    if outcome.task is not None:
        lines.append(repetitions.line(outcome.task, zone, now))
    lines += warnings(outcome)
    about = About(customer.customer_id, outcome.note.note_id if outcome.note else None)
    return Say("\n".join(line for line in lines if line), _saved_rows(outcome), about=about)


def warnings(outcome: Saved) -> list[str]:
    """Another of the same name, and a day that does not exist."""
    lines = [restraint.mourning(outcome.customer, outcome.note)]
    lines += birthdays.understood(customers.birthdays(outcome.customer), "修改")
    if outcome.twins:
        others = "、".join(esc(label(twin)) for twin in outcome.twins)
        lines.append(f"⚠️ 已有同名或相近的客户：{others}。是同一个人就点下面的按钮，记录会并过去。")
    lines += [LIKE_COLLEAGUES] if outcome.is_doubtful else []
    lines += [f"⚠️ 电话 {esc(outcome.odd_number)} 不像号码，没有存。"] if outcome.odd_number else []
    lines.append(undated.line(outcome))
    if outcome.wrong:
        why = "还没到，不会是生日" if outcome.is_ahead else "日历上没有"
        lines.append(f"⚠️ 「{esc(outcome.wrong)}」{why}；其余都已保存，请点 [修改] 补上。")
    return [line for line in lines if line]


def _saved_rows(outcome: Saved) -> Rows:
    customer_id = outcome.customer.customer_id
    rows: list[tuple[Button, ...]] = [
        (
            Button("撤销", buttons.UndoCustomer(customer_id)),
            Button("修改", buttons.EditCustomer(customer_id, 0)),
            Button("不是他", buttons.NotThisPerson(customer_id)),
        )
    ]
    if restraint.mourning(outcome.customer, outcome.note):
        rows.append(restraint.lift(outcome.customer))
    if outcome.odd_number:
        rows.append((Button("改电话", buttons.EditField(customer_id, "phone")),))
    rows += undated.rows(outcome)
    for twin in outcome.twins[:2]:
        rows.append((Button(f"是同一个人：{_cut(label(twin))}", buttons.FoldCustomer(customer_id, twin.customer_id)),))
    if outcome.note is not None and outcome.tags:
        rows.append((Button("改标签", buttons.EditTags(outcome.note.note_id, 0)),))
    return tuple(rows)


def saved_in_group(outcome: Saved) -> Say:
    """The same, as a group may see it."""
    numbers = "、".join(masking.phone(number) for number in outcome.phones)
    return Say(f"✅ 已保存 {esc(masking.name(outcome.customer.name))} {numbers}，详情请私聊我。")


def known(outcome: KnownAlready) -> Say:
    """The number is known; the text can become a note there."""
    customer = outcome.customer
    owner = f"，负责人 {esc(outcome.owner)}" if outcome.owner else ""
    draft_id, name = outcome.draft.draft_id, outcome.name
    whose = f"记到{pronoun(customer)}名下"
    first = [Button(whose, buttons.DraftToCustomer(draft_id, customer.customer_id))]
    if name:
        label = "仍然新建" if name == customer.name else f"新建{name}"
        first.append(Button(_cut(label, 16), buttons.DraftAnyway(draft_id)))
    second = (
        Button("查看客户", buttons.ShowCustomer(customer.customer_id)),
        Button("不保存", buttons.DropDraft(draft_id)),
    )
    text = f"这个号码是 <b>{esc(customer.name)}</b>{_company(customer)}的{owner}，没有重复新建。"
    return Say(text, (tuple(first), second), about=About(customer.customer_id))


def pronoun(customer: Customer) -> str:
    """How one speaks of the customer without the name.

    >>> pronoun(Customer(gender="female")), pronoun(Customer())
    ('她', '这位客户')
    """
    return {"male": "他", "female": "她"}.get(customer.gender or "", "这位客户")


def removed(customer: Customer, again: bool = False) -> Say:
    """The undo of a new customer, `again` when it was undone before."""
    return Say(
        f"↩️ {'之前已撤销' if again else '已撤销'} <b>{esc(customer.name)}</b>，连同记录和待办。",
        ((Button("恢复", buttons.RestoreCustomer(customer.customer_id)),),),
    )


def folded(customer: Customer, merge_id: int | None = None) -> Say:
    """The entry was moved to a customer known already, by a merge that can be undone."""
    made = [Button("查看客户", buttons.ShowCustomer(customer.customer_id))]
    made += [Button("撤销合并", buttons.UndoMerge(merge_id))] if merge_id is not None else []
    rows = (tuple(made),)
    return Say(
        f"✅ 已并到 <b>{esc(customer.name)}</b>{_company(customer)}，没有多建客户。",
        rows,
        about=About(customer.customer_id),
    )


def whose(customer: Customer, others: Sequence[Customer]) -> Say:
    """Whose the entry is, when it is not his."""
    rows: list[tuple[Button, ...]] = [
        (Button(_cut(label(o)), buttons.FoldCustomer(customer.customer_id, o.customer_id)),) for o in others[:4]
    ]
    rows.append((Button("只改姓名", buttons.EditField(customer.customer_id, "name")),))
    rows.append(
        (
            Button("不保存", buttons.UndoCustomer(customer.customer_id)),
            Button("返回", buttons.ShowCustomer(customer.customer_id)),
        )
    )
    return Say(f"这条不是 <b>{esc(customer.name)}</b> 的，那是谁的？", tuple(rows), about=About(customer.customer_id))


def choose_field(customer: Customer, page: int) -> Say:
    """Which field to change."""
    pages = [FIELDS[i : i + PAGE] for i in range(0, len(FIELDS), PAGE)]
    page = page if 0 <= page < len(pages) else 0
    made = [Button(FIELD_NAMES[name], buttons.EditField(customer.customer_id, name)) for name in pages[page]]
    rows = [tuple(made[i : i + 3]) for i in range(0, len(made), 3)]
    rows.append(
        (
            Button("更多", buttons.EditCustomer(customer.customer_id, (page + 1) % len(pages))),
            Button("返回", buttons.ShowCustomer(customer.customer_id)),
        )
    )
    return Say(f"改 <b>{esc(customer.name)}</b> 的哪一项？", tuple(rows), about=About(customer.customer_id))


def ask_value(customer: Customer, field: str) -> Say:
    """The next text is the value."""
    rows = ((Button("不改了", buttons.ShowCustomer(customer.customer_id)),),)
    empty = "" if field == "name" else "；要去掉就发 <code>清空</code>"
    text = f"请发 <b>{esc(customer.name)}</b> 的新{FIELD_NAMES[field]}，例如：{EXAMPLES[field]}{empty}"
    return Say(text, rows, about=About(customer.customer_id))


def ask_name(draft_id: int, again: bool = False) -> Say:
    """The next text is the name; `again`: the question was left before."""
    if again:
        return Say(ASK_NAME_AGAIN, ((Button("不保存", buttons.DropDraft(draft_id)),),))
    row = (Button("补姓名", buttons.DraftAsCustomer(draft_id)), Button("不保存", buttons.DropDraft(draft_id)))
    return Say(ASK_NAME, (row,))


def refused(error: FieldRefused) -> Say:
    """Why the value was not taken, and what to send instead."""
    field = FIELD_NAMES.get(error.name, "内容")
    reasons = {
        "unreadable": f"「{esc(error.words)}」不像{field}",
        "too_long": f"{field}太长了",
        "empty": f"{field}是空的",
        "taken": "这个号码已有客户在用",
        "impossible": f"日历上没有「{esc(error.words)}」这一天",
        "in_the_future": f"「{esc(error.words)}」还没到，不会是生日",
    }
    example = EXAMPLES.get(error.name, "")
    rows = ((Button("不改了", buttons.ShowCustomer(error.customer_id)),),)
    return Say(f"{reasons.get(error.reason, field + '没存上')}，请重发，例如：{example}", rows)


def not_found() -> Say:
    """Not yours and not there are the same."""
    return Say(GONE)


def too_late() -> Say:
    """A customer with more history than its first message is not undone."""
    return Say("这位客户已有后续记录或订单，不能整条撤销了；要改资料请发 <code>查 姓名</code> 再点 [改资料]。")


def nothing_to_restore() -> Say:
    """A second press of 恢复."""
    return Say("已经恢复过了。发 <code>查 姓名</code> 看资料。")


def name_missing() -> Say:
    """A customer without a name."""
    return Say(ASK_NAME)


def hits(found: Found, draft_id: int, offset: int, shown: int, owners: Mapping[int | None, str] | None = None) -> Say:
    """Several customers fit: one button each, with `owners` who looks after them."""
    names = {c.customer_id: label(c) + _of(owners, c) for c in found.customers}
    made = [(Button(_cut(names[c.customer_id]), buttons.ShowCustomer(c.customer_id)),) for c in found.customers]
    if found.more:
        made.append((Button("更多", buttons.FindMore(draft_id, offset + shown)),))
    return Say("找到这几位，点一下看资料：", tuple(made))


def _of(owners: Mapping[int | None, str] | None, customer: Customer) -> str:
    owner = (owners or {}).get(customer.owner_id)
    return f" · {owner}" if owner else ""


def hits_in_group(found: Found) -> Say:
    """Several customers fit, as a group may see it."""
    names = "、".join(esc(masking.name(customer.name)) for customer in found.customers)
    return Say(f"有几位都像：{names}。群里不显示详情，请私聊我查。")


def none_found(query: str, nearest: Sequence[Customer]) -> Say:
    """Nobody fits; the nearest names are offered."""
    text = f"没找到「{esc(cards.clip(query, 40))}」。"
    if not nearest:
        return Say(text + "换个说法试试：姓名、拼音首字母、手机尾号或公司名。")
    return Say(
        text + "是不是找：", tuple((Button(_cut(label(c)), buttons.ShowCustomer(c.customer_id)),) for c in nearest)
    )


def none_in_group() -> Say:
    """Nobody fits, as a group may see it."""
    return Say("没找到这位客户，请私聊我再查一次。")


def label(customer: Customer) -> str:
    """A customer in a list: name and company, or title, or place."""
    more = customer.company or customer.title or customer.region
    return f"{customer.name} {more}" if more else customer.name


def _company(customer: Customer) -> str:
    return f"（{esc(customer.company)}）" if customer.company else ""


def _cut(text: str, longest: int = 28) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"
