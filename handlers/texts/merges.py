"""Words around records that may be one customer, and around making one of two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from crm import merge_fields
from crm.duplicates import Suspected
from crm.merge_fields import Conflict
from crm.merges import Choice
from crm.outbox import About
from crm.tables import Customer, CustomerMerge
from handlers import buttons
from handlers.say import Button, Rows, Say, esc
from handlers.texts import cards, customers, days

REASONS = {
    "mobile": "手机相同",
    "wechat": "微信相同",
    "mail": "邮箱相同",
    "line": "座机相同",
    "near_mobile": "手机只差一两位",
    "company": "同公司",
    "same_name": "同名",
    "sound_name": "名字同音",
    "near_name": "名字只差一点",
    "call": "称呼对得上",
    "born": "生日相同",
}
COUNTED = {
    "note": "记录",
    "orders": "订单",
    "task": "待办",
    "complaint": "投诉",
    "need": "需求",
    "deal": "商机",
    "account_entry": "欠款和回款",
    "visit": "拜访",
}
FIELDS = customers.FIELD_NAMES | {"address": "地址", "solar": "公历生日", "lunar": "农历生日", "name": "姓名"}
SEXES = {"male": "男", "female": "女"}
FLIPS = 4  # fields in doubt with a button of their own
LABEL = 12
TOO_LATE = "合并已超过 7 天，不能撤销了。要改资料请发 <code>查 姓名</code> 再点 [改资料]。"
OVER = "这次合并之前已撤销，两条资料都在。"
MERGED_ON = "留下的那条后来又并到了别处。请先撤销后来的那次合并：发 <code>撤销合并</code> 看列表。"
NOT_FOUND = "找不到这次合并，可能客户已不在您名下。"
SAME = "这两条已经是同一位客户了，不用再合并。"
PAIR_GONE = "这一对已经处理过，或资料改过后不再像同一人了。发 <code>查重</code> 看最新的。"
HOW_TO_MERGE = "合并谁和谁？例如：<code>合并 王总 王建国</code>；不知道有没有重复，就发 <code>查重</code>。"
CHECKING = "🔎 有一批新资料正在比对，几分钟后再发一次 <code>查重</code> 会更全。"
CHANGED = "⚠️ 资料刚被改过，请再看一眼："
DEFINITION = (
    "<b>查重的口径</b>\n"
    "· 范围：在册客户，销售看自己名下的，主管看全队的；撤销和已合并的不算。\n"
    "· 算可疑：手机、微信或私人邮箱相同，且姓名不矛盾；同公司（带不带“有限公司”和地区都认）且同名、同音或称呼对得上"
    "（王总＝王建国）；同座机且姓名对得上；同名且生日相同，或手机只差一两位。\n"
    "· 不算：两个不同的全名（兄弟、夫妻、同事共用电话），只有常见名字相同，性别不同，不同地区的分公司，凑数的号码。\n"
    "· 排序：越确定越靠前。点过“不是同一人”的不再出现。\n"
    "· 时间：500 位以内每次现查；更大的团队每天全查一遍，当天改过的资料随时再比。"
)


def reasons(codes: Sequence[str]) -> str:
    """Why two records look like one person.

    >>> reasons(["mobile", "call"])
    '手机相同，称呼对得上'
    """
    return "，".join(REASONS[code] for code in codes if code in REASONS)


def page(
    found: Sequence[Suspected],
    total: int,
    offset: int,
    more: int | None,
    owners: Mapping[int | None, str],
    has_merges: bool,
    is_checking: bool,
) -> Say:
    """Suspected pairs, each with why. `owners` is empty for who sees only their own."""
    if not found:
        text = "没有更多了。" if offset else "没有发现重复的客户 👍"
        return Say("\n".join([text, *([CHECKING] if is_checking else [])]), (_below(None, has_merges, offset),))
    lines = [f"👥 可能重复的客户 {total} 对" + (f"，第 {offset + 1}–{offset + len(found)} 对：" if total > 3 else "：")]
    rows: list[tuple[Button, ...]] = []
    for place, one in enumerate(found, offset + 1):
        lines.append(f"{place}. {_who(one.one, owners)} ＝ {_who(one.other, owners)}？")
        lines.append(f"　{reasons(one.pair.reasons)}")
        choose = buttons.ChooseMerge(one.one.customer_id, one.other.customer_id, 0)
        no = buttons.NotTheSame(one.pair.twin_pair_id)
        rows.append((Button(f"{place} 合并", choose), Button(f"{place} 不是同一人", no)))
    lines += [CHECKING] if is_checking else []
    rows.append(_below(more, has_merges and len(found) < 3, offset))
    return Say("\n".join(lines), tuple(rows))


def _below(more: int | None, has_merges: bool, offset: int) -> tuple[Button, ...]:
    made = [Button("更多", buttons.ListDuplicates(more))] if more is not None else []
    made += [Button("回到开头", buttons.ListDuplicates(0))] if more is None and offset else []
    made += [Button("最近合并", buttons.ListMerges())] if has_merges else []
    return (*made, Button("口径", buttons.DefineDuplicates()))


def _who(row: Customer, owners: Mapping[int | None, str]) -> str:
    more = "、".join(esc(part) for part in (row.company, row.title) if part)
    owner = f" · {esc(owners[row.owner_id])}" if row.owner_id in owners else ""
    return f"<b>{esc(row.name)}</b>" + (f"（{more}）" if more else "") + owner


def choice(
    found: Choice,
    codes: Sequence[str],
    pair_id: int | None,
    flips: int,
    zone: ZoneInfo,
    owners: Mapping[int | None, str],
    head: str = "",
) -> Say:
    """What a merge would do, with every field in doubt, before it is done."""
    kept, gone = found.kept, found.gone
    lines = [head] if head else []
    lines += ["<b>把这两条合成一位客户？</b>", f"保留：{_aged(kept, zone)}", f"并入：{_aged(gone, zone)}"]
    lines += [f"像同一人：{reasons(codes)}"] if codes else ["⚠️ 没看出是同一人，请确认后再合并。"]
    lines += _after(found) + _owner(kept, gone, owners)
    if found.plan.conflicts:
        lines.append("两边不一致的，先用较新的（下面的按钮可换）：")
        lines += [f"· {FIELDS[one.name]}：用「{_taken(one)}」，不用「{_left(one)}」" for one in found.plan.conflicts]
    lines.append("7 天内可以撤销合并。")
    return Say("\n".join(lines), _choice_rows(found, pair_id, flips), about=About(kept.customer_id))


def _aged(row: Customer, zone: ZoneInfo) -> str:
    return f"{_who(row, {})}，{row.created_at.astimezone(zone):%Y-%m-%d} 录入"


def _after(found: Choice) -> list[str]:
    """What moves, and what the record will be called and reached by."""
    moved = "、".join(f"{word} {found.counts[name]}" for name, word in COUNTED.items() if name in found.counts)
    lines = [f"搬过来：{moved}，一条不丢。"] if moved else []
    numbers = "、".join(cards.phone(number) for number in found.phones)
    return [*lines, f"合并后：{esc(found.plan.values['name'])}" + (f"，电话 {numbers}" if numbers else "")]


def _owner(kept: Customer, gone: Customer, owners: Mapping[int | None, str]) -> list[str]:
    """Whose the customer is then, where the two are of different colleagues."""
    if kept.owner_id == gone.owner_id:
        return []
    keeper = kept.owner_id if kept.owner_id is not None else gone.owner_id
    return [f"合并后归 {esc(owners[keeper])}，没做完的事一起过去。"] if keeper in owners else []


def _choice_rows(found: Choice, pair_id: int | None, flips: int) -> Rows:
    kept_id, gone_id = found.kept.customer_id, found.gone.customer_id
    rows: list[tuple[Button, ...]] = [
        (
            Button("确认合并", buttons.Merge(kept_id, gone_id, flips, found.plan.mark)),
            Button(f"改留「{_cut(_apart(found))}」", buttons.ChooseMerge(gone_id, kept_id, 0)),
        )
    ]
    flipping = [
        Button(
            f"{FIELDS[one.name]}用「{_cut(_plain(one, not one.takes_gone))}」",
            buttons.ChooseMerge(kept_id, gone_id, flips ^ (1 << place)),
        )
        for place, one in enumerate(found.plan.conflicts[:FLIPS])
    ]
    rows += [tuple(flipping[at : at + 2]) for at in range(0, len(flipping), 2)]
    no = [Button("不是同一人", buttons.NotTheSame(pair_id))] if pair_id is not None else []
    rows.append((*no, Button("返回", buttons.ListDuplicates(0))))
    return tuple(rows)


def _apart(found: Choice) -> str:
    """What tells the one that goes from the one that stays."""
    return customers.label(found.gone) if found.gone.name == found.kept.name else found.gone.name


def _taken(one: Conflict) -> str:
    return esc(cards.clip(_plain(one, one.takes_gone), 40))


def _left(one: Conflict) -> str:
    return esc(cards.clip(_plain(one, not one.takes_gone), 40))


def _plain(one: Conflict, of_gone: bool) -> str:
    value: Any = one.gone if of_gone else one.kept
    if one.name == "gender":
        return SEXES.get(str(value), str(value))
    if one.name in merge_fields.BIRTHDAYS:
        month, day, year = value[:3]
        return f"{f'{year}年' if year else ''}{month}月{day}日"
    return str(value)


def merged(row: CustomerMerge, kept: Customer, gone_name: str) -> Say:
    """The two are one."""
    moved = "、".join(f"{word} {len(row.moved[name])}" for name, word in COUNTED.items() if row.moved.get(name))
    rows = (
        (
            Button("撤销合并", buttons.UndoMerge(row.customer_merge_id)),
            Button("查看客户", buttons.ShowCustomer(kept.customer_id)),
        ),
        (Button("继续查重", buttons.ListDuplicates(0)),),
    )
    text = f"✅ 「{esc(gone_name)}」已并入 {_who(kept, {})}。"
    return Say(text + (f"\n搬过来：{moved}。" if moved else ""), rows, about=About(kept.customer_id))


def unmerged(kept: Customer, gone: Customer) -> Say:
    """Both are there again."""
    made = (
        Button(_cut(customers.label(kept)), buttons.ShowCustomer(kept.customer_id)),
        Button(_cut(customers.label(gone)), buttons.ShowCustomer(gone.customer_id)),
    )
    return Say(f"↩️ 已撤销合并：{_who(kept, {})} 和 {_who(gone, {})} 又是两位客户，各自的记录都回去了。", (made,))


def dismissed(found: Suspected) -> Say:
    """They are two people."""
    rows = (
        (
            Button("继续查重", buttons.ListDuplicates(0)),
            Button("撤销", buttons.SuspectAgain(found.pair.twin_pair_id)),
        ),
    )
    return Say(f"✅ 记下了：{_who(found.one, {})} 和 {_who(found.other, {})} 不是同一人，以后不再问。", rows)


def recent(found: Sequence[tuple[CustomerMerge, Customer, Customer]], zone: ZoneInfo, now: datetime) -> Say:
    """The merges that can still be undone."""
    if not found:
        return Say("最近 7 天没有合并过客户。", ((Button("查重", buttons.ListDuplicates(0)),),))
    lines = ["<b>7 天内的合并</b>，点一下就撤销："]
    rows = []
    for place, (row, kept, gone) in enumerate(found, 1):
        lines.append(f"{place}. {_who(gone, {})} → {_who(kept, {})}，{days.ago(row.made_at, zone, now)}")
        rows.append((Button(f"{place} 撤销合并「{_cut(gone.name)}」", buttons.UndoMerge(row.customer_merge_id)),))
    return Say("\n".join(lines), (*rows, (Button("返回", buttons.ListDuplicates(0)),)))


def which(name: str, found: Sequence[Customer], other: Customer | None) -> Say:
    """Which of several is meant: with `other` he is the second of the pair."""
    if other is None:
        made = tuple((Button(_cut(customers.label(row), 28), buttons.ShowCustomer(row.customer_id)),) for row in found)
        return Say(f"「{esc(name)}」有好几位，请把姓名和公司写全，例如：<code>合并 王总 上海美达，王建国</code>", made)
    made = tuple(
        (Button(_cut(customers.label(row), 28), buttons.ChooseMerge(other.customer_id, row.customer_id, 0)),)
        for row in found
        if row.customer_id != other.customer_id
    )
    return Say(f"「{esc(name)}」是哪一位？和 <b>{esc(customers.label(other))}</b> 合并：", made)


def definition() -> Say:
    """[口径]"""
    return Say(DEFINITION, ((Button("返回", buttons.ListDuplicates(0)),),))


def _cut(text: str, longest: int = LABEL) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"
