"""Words around who knows whom, who brought whom, and whom to ask for a referral."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from crm.outbox import About
from crm.referrals import ASK_AGAIN, GOOD_WITHIN, NAME_AGAIN, Hint
from crm.relations import Circle, Linked, Web
from crm.seeds import Brought, Ranking
from crm.tables import Customer, ReferralAsk
from handlers import buttons
from handlers.say import Button, Rows, Say, esc
from handlers.texts import customers, days, ties
from handlers.texts.cards import clip, money

DEPTHS = {"business": "业务", "friend": "朋友", "partner": "伙伴"}
HOW_TO = (
    "记介绍人：<code>张伟 是 李娜 介绍的</code>；家人：<code>张伟 和 李芳 是 夫妻</code>；"
    "朋友：<code>张伟 和 王强 是 同学</code>。"
)
NOT_FOUND = "找不到这条关系了，可能已去掉或不在你名下。发 <code>关系 张伟</code> 看现在的情况。"
SAME_PERSON = "一个人不能和自己有关系。请写两位客户，例如：<code>张伟 是 李娜 介绍的</code>"
PAIRS = 6
JUST = timedelta(days=3)
_DEFINITION = (
    "<b>关系的口径</b>\n"
    "· 介绍人：每位客户一个，后记的替换先记的；绕成圈的不收。\n"
    "· 带来 = 直接由他介绍的在册客户，全部时间；「连锁共」再加上他们介绍来的，一层层算下去。\n"
    "· 其中下过单 = 有过净额为正的下单日；金额 = 这些客户全部订单减退货，到现在为止。\n"
    "· 只算你看得到的客户：销售是自己名下，主管是全队。\n"
    "· 同公司：公司名写得一样的在册客户。\n"
    f"· 请他介绍的提示：近 {GOOD_WITHIN.days} 天下过单、有好评，或打过 9–10 分；没有未结投诉、没在免打扰和哀悼期、"
    f"没到每月联系上限，没有流失风险、退货和刚结的投诉，且 {ASK_AGAIN.days} 天内没问过。"
    f"早卡上一天最多一位，同一位 {NAME_AGAIN.days} 天内不再提。"
)


def page(web: Web, asked: ReferralAsk | None, zone: ZoneInfo, now: datetime, head: str = "") -> Say:
    """Everybody the customer is related to."""
    customer = web.customer
    lines = [head, f"🕸 <b>{esc(customers.label(customer))}</b> · {DEPTHS.get(customer.relation, '业务')}"]
    if web.chain:
        lines.append(f"⬆️ 介绍人：{' ← '.join(esc(customers.label(one)) for one in web.chain)}")
    if web.brought.number:
        more = f"（连锁共 {web.everybody_brought} 位）" if web.everybody_brought > web.brought.number else ""
        lines.append(f"⬇️ {_brought(web.brought)}{more}")
        lines += [f"· {esc(customers.label(one))} {money(fen)}" for one, fen in web.newest]
        if web.brought.number > len(web.newest):
            lines.append(f"· 还有 {web.brought.number - len(web.newest)} 位")
    lines += [f"{_mark(link.relation.kind)} {ties.tie(link)}：{esc(customers.label(link.other))}" for link in web.links]
    if web.company:
        rest = f" 等 {web.company_number} 位" if web.company_number > len(web.company) else ""
        lines.append(f"🏢 同公司：{'、'.join(esc(one.name) for one in web.company)}{rest}")
    if asked is not None and asked.outcome == "asked":
        lines.append(f"🌱 上次请他介绍：{days.ago(asked.asked_at, zone, now)}")
    if not (web.chain or web.brought.number or web.links):
        lines.append(HOW_TO)
    return Say("\n".join(line for line in lines if line), _rows(web), about=About(customer.customer_id))


def _rows(web: Web) -> Rows:
    customer_id = web.customer.customer_id
    depths = tuple(
        Button(f"{'✓ ' if web.customer.relation == code else ''}{name}", buttons.SetDepth(customer_id, code))
        for code, name in DEPTHS.items()
    )
    second = [Button("请他介绍过了", buttons.AskedReferral(customer_id, "asked", False))]
    if web.chain or web.brought.number or web.links:
        second.append(Button("去掉 ▸", buttons.ChooseRelation(customer_id)))
    third = (
        Button("口径", buttons.DefineRelations(customer_id)),
        Button("种子客户", buttons.ListSeeds(0)),
        Button("看客户", buttons.ShowCustomer(customer_id)),
    )
    return depths, tuple(second), third


def linked(found: Linked) -> Say:
    """A relation was recorded, or was there already."""
    told = _sentence(found)
    customer_id = found.customer.customer_id
    second = Button("看关系", buttons.ShowRelations(customer_id))
    if not found.changed:
        return Say(f"之前就记过：{told}", ((second,),), about=About(customer_id))
    before = f"\n原来记的介绍人是 {esc(found.before.name)}，已换掉。" if found.before is not None else ""
    rows = ((Button("撤销", buttons.UndoRelation(found.relation.customer_relation_id)), second),)
    return Say(f"✅ 记下：{told}{before}", rows, about=About(customer_id))


def removed(found: Linked) -> Say:
    """A relation was taken off."""
    rows = (
        (
            Button("恢复", buttons.RestoreRelation(found.relation.customer_relation_id)),
            Button("看关系", buttons.ShowRelations(found.customer.customer_id)),
        ),
    )
    done = "↩️ 已去掉" if found.changed else "之前已去掉"
    return Say(f"{done}：{_sentence(found)}", rows, about=About(found.customer.customer_id))


def which(pairs: Sequence[tuple[Customer, Customer]], kind: str, label: str) -> Say:
    """Several customers are called so: which two."""
    mark = " ← " if kind == "referred" else " — "
    made = tuple(
        (
            Button(
                clip(f"{customers.label(one)}{mark}{customers.label(other)}", 40),
                buttons.Relate(one.customer_id, other.customer_id, kind, label),
            ),
        )
        for one, other in pairs[:PAIRS]
    )
    return Say("同名的有几位，是哪两位？" if len(made) > 1 else "说的是这两位吗？是就点一下：", made)


def choose(found: Sequence[Linked], customer: Customer) -> Say:
    """Which relation is to be taken off."""
    if not found:
        rows: Rows = ((Button("返回", buttons.ShowRelations(customer.customer_id)),),)
        return Say(f"{esc(customer.name)} 没有可以去掉的关系。", rows, about=About(customer.customer_id))
    made = [
        Button(clip(f"✕ {_role(link)} {link.other.name}", 28), _drop(link, customer.customer_id)) for link in found[:7]
    ]
    rows = tuple(tuple(made[at : at + 2]) for at in range(0, len(made), 2))
    last = (Button("返回", buttons.ShowRelations(customer.customer_id)),)
    return Say(f"去掉 <b>{esc(customer.name)}</b> 的哪一条？", (*rows, last), about=About(customer.customer_id))


def seeds(ranking: Ranking, offset: int, page: int) -> Say:
    """Who brought the most."""
    found, number, brought = ranking.seeds[:page], ranking.number, ranking.brought
    following = offset + page if len(ranking.seeds) > page else None
    define = Button("口径", buttons.DefineRelations(0))
    if not number:
        return Say(f"还没记过谁介绍了谁。\n{HOW_TO}", ((define,),))
    lines = [f"🌱 <b>种子客户</b> {number} 位，{_brought(brought)}"]
    lines += [
        f"{offset + at}. {esc(customers.label(one.customer))} {_brought(one.brought)}"
        for at, one in enumerate(found, 1)
    ]
    made = [Button(one.customer.name[:20], buttons.ShowRelations(one.customer.customer_id)) for one in found]
    rows = [tuple(made[at : at + 3]) for at in range(0, len(made), 3)]
    last = (define,) if following is None else (Button("更多", buttons.ListSeeds(following)), define)
    return Say("\n".join(lines), (*rows, last))


def definition(customer_id: int) -> Say:
    """How the figures come about."""
    back = buttons.ShowRelations(customer_id) if customer_id else buttons.ListSeeds(0)
    return Say(_DEFINITION, ((Button("返回", back),),), about=About(customer_id or None))


def circle(error: BaseException) -> Say:
    """The referrer came through the customer."""
    assert isinstance(error, Circle)
    one, other = esc(error.customer), esc(error.referrer)
    return Say(f"没有记：{other} 本来就是 {one} 直接或间接介绍来的，再记就绕成圈了。要改请先在 [去掉 ▸] 里去掉那一条。")


def asked(customer: Customer, outcome: str, changed: bool) -> str:
    """After [问过了] or [先不问]."""
    if not changed:
        return f"🌱 {esc(customer.name)} 今天已经记过了"
    if outcome == "asked":
        return f"🌱 记下了：今天请 {esc(customer.name)} 介绍，{ASK_AGAIN.days} 天内不再提示"
    return f"🌱 好的，{ASK_AGAIN.days} 天内不再提示请 {esc(customer.name)} 介绍"


def depth_set(customer: Customer, depth: str, changed: bool) -> str:
    """After a depth was chosen."""
    return (
        f"✅ {esc(customer.name)} 是{DEPTHS[depth]}了" if changed else f"{esc(customer.name)} 之前就是{DEPTHS[depth]}"
    )


def hint(found: Hint, today: date) -> str:
    """Whom to ask today, on the morning card."""
    just = "刚" if today - found.on <= JUST else ""
    day = f"{found.on.month}月{found.on.day}日"
    what = {"score": f"打了 {found.score} 分", "note": "说了好话", "order": f"{just}下过单"}[found.reason]
    name = esc(customers.label(found.customer))
    return f"🌱 可以请 {name} 介绍客户：{day}{what}。问过就发 <code>转介绍 {esc(found.customer.name)}</code>"


def hint_row(found: Hint) -> tuple[Button, ...]:
    """What may be pressed below it."""
    customer_id = found.customer.customer_id
    return (
        Button("🌱 请他介绍了", buttons.AskedReferral(customer_id, "asked", True)),
        Button("先不问", buttons.AskedReferral(customer_id, "later", True)),
    )


def _drop(link: Linked, customer_id: int) -> buttons.DropRelation:
    return buttons.DropRelation(link.relation.customer_relation_id, customer_id)


def _brought(brought: Brought) -> str:
    if not brought.buyers:
        return f"带来 {brought.number} 位，还没下单"
    return f"带来 {brought.number} 位，其中 {brought.buyers} 位下过单，共 {money(brought.fen)}"


def _role(link: Linked) -> str:
    if link.relation.kind != "referred":
        return ties.tie(link)
    return "介绍人" if link.relation.customer_id == link.customer.customer_id else "他介绍的"


def _mark(kind: str) -> str:
    return {"household": "🏠", "friend": "🤝", "colleague": "🏢"}.get(kind, "·")


def _sentence(found: Linked) -> str:
    one, other = esc(customers.label(found.customer)), esc(customers.label(found.other))
    if found.relation.kind == "referred":
        return f"<b>{one}</b> 是 <b>{other}</b> 介绍的"
    return f"<b>{one}</b> 和 <b>{other}</b> 是{ties.tie(found)}"
