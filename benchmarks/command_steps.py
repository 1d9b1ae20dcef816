"""All that a member does with one customer, step by step, each timed at a desk: commands, words, presses, undo."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from benchmarks.desk import Desk
from crm.tables import Customer, CustomerPhone
from emulator.message import Message
from handlers import buttons
from nlp import names

DAY = date(2026, 3, 18).toordinal()


@dataclass(frozen=True, slots=True)
class Person:
    """A customer as the steps speak of him. `spare`: another one of the same owner."""

    customer_id: int
    name: str
    company: str
    phone: str
    pinyin: str
    initials: str
    spare_id: int
    spare: str
    new_phone: str

    @property
    def surname(self) -> str:
        """With which he is addressed."""
        return self.name[0]


def person(db: Session, customer_id: int, spare_id: int) -> Person:
    """The customer with another one."""
    row, spare = db.get_one(Customer, customer_id), db.get_one(Customer, spare_id)
    phone = db.scalar(select(CustomerPhone.phone).where(CustomerPhone.customer_id == customer_id))
    spoken = sorted(names.pinyin_keys(row.name), key=len)
    return Person(
        customer_id,
        row.name,
        row.company or "",
        phone or "",
        spoken[-1],
        spoken[0],
        spare_id,
        spare.name,
        f"199{customer_id:08d}",
    )


async def finding(desk: Desk, who: Person) -> None:
    """Every way to find one."""
    await desk.ask("/c by name", f"/c {who.name}", "")
    await desk.ask("/find by number", f"/find {who.phone}", who.name)
    await desk.ask("/find by last four digits", f"/find {who.phone[-4:]}", "")
    await desk.ask("/find by company", f"/find {who.company}", "")
    await desk.ask("/find by short company", f"/find {who.company[2:6]}", "")
    await desk.ask("/find by pinyin", f"/find {who.pinyin}", "")
    hits = await desk.ask("/find by initials", f"/find {who.initials}", "")
    if any(data.startswith("cx:") for data in _datas(hits)):
        await desk.press("[更多] of the hits", hits, "cx", "")
    await desk.ask("/find by address (王总)", f"/find {who.surname}总", "")
    await desk.ask("/find by surname", f"/find {who.surname}", "")
    await desk.ask("/find nobody, nearest names", f"/find {who.surname}丌亓", "没")
    await desk.ask("a question of one in words", f"{who.name}的电话多少", "")


def _datas(message: Message) -> list[str]:
    return [str(b.get("callback_data")) for row in message.rows for b in row]


async def card(desk: Desk, who: Person) -> None:
    """The card and what its buttons open."""
    shown = await desk.ask("/c by number", f"/c {who.phone}", who.name)
    back = buttons.ShowCustomer(who.customer_id)
    for step, button, expects in (
        ("[更多] of the card", buttons.MoreOfCustomer(who.customer_id, 0), who.name),
        ("[查看客户]", back, who.name),
        ("[价值]", buttons.ShowWorth(who.customer_id), ""),
        ("[口径] of the value", buttons.DefineWorth(who.customer_id), ""),
        ("[偏好]", buttons.ShowPreferences(who.customer_id), who.name),
        ("[信用]", buttons.ShowCredit(who.customer_id), who.name),
        ("[线索]", buttons.ShowLead(who.customer_id), who.name),
        ("[线索] checkpoints", buttons.ShowCheckpoints(who.customer_id), who.name),
        ("[关系]", buttons.ShowRelations(who.customer_id), who.name),
        ("[对账单]", buttons.ShowSheet(who.customer_id, "one", 0, 0), who.name),
        ("[推荐]", buttons.SuggestTo(who.customer_id), ""),
        ("[打扰]", buttons.ShowRestraint(who.customer_id), who.name),
        ("[修改]", buttons.EditCustomer(who.customer_id, 0), ""),
    ):
        shown = await desk.press(step, shown, button, expects)
    greeting = await desk.press("[祝福]", shown, buttons.ShowGreeting(who.customer_id, DAY), "")
    await desk.press("[祝福] sent", greeting, buttons.GreetingSent(who.customer_id, DAY), "")


async def profile(desk: Desk, who: Person) -> None:
    """A field is changed, and back."""
    shown = await desk.ask("/c by name", f"查 {who.name}", who.name)
    await desk.press("[修改] a field", shown, buttons.EditField(who.customer_id, "title"), "职位")
    changed = await desk.ask("the field's value", "销售总监", "销售总监")
    await desk.press("undo of the change", changed, "cv", "")


async def adding(desk: Desk, who: Person) -> None:
    """A new customer, edited, taken back; a contact; a card's text; one known already."""
    made = await desk.ask("/add", f"/add 欧阳长风 {who.new_phone} 上海远景 采购经理", "欧阳长风")
    await desk.press("undo of the customer", made, "cu", "")
    made = await desk.ask("a customer in words", f"加客户 欧阳长风 {who.new_phone} 上海远景 要报价", "欧阳长风")
    own = desk.person.messages()[-2]
    await desk.edit("edit of the message", own, f"加客户 欧阳长风 {who.new_phone} 上海远景 总经理 要报价", "")
    await desk.ask("撤销 of a customer", "撤销", "")
    await desk.ask("/add, the number is known", f"/add 某某 {who.phone}", "")
    await desk.ask("/card, pasted", f"/card 司徒明 采购经理 上海恒远科技 {who.new_phone}", "司徒明")


async def notes(desk: Desk, who: Person) -> None:
    """Notes by command, by name, by way of address, as a reply; moved, edited, taken back."""
    made = await desk.ask("/note", f"/note {who.name} 嫌交期慢，下周三回访", who.name)
    await desk.press("[改标签]", made, "nt", "")
    made = await desk.ask("note in words", f"{who.name}说样品通过了，准备下单", who.name)
    await desk.ask("note by reply", "他下周去展会", who.name, reply_to=made)
    await desk.ask("note of the customer shown last", "还想要一份新的价格表给领导看", who.name)
    await desk.ask("note by address (王总)", f"{who.surname}总嫌交期太慢", "")
    made = await desk.ask("note of a complaint", f"投诉 {who.name} 发货慢了三天", who.name)
    made = await desk.press("undo of the note", made, "nu", "")
    made = await desk.ask("note in words", f"{who.name}问了新款报价", who.name)
    await desk.press("[不是这位]", made, buttons.NotThisPerson(who.customer_id), "")
    own = await desk.person.send(f"{who.name}今天来过电话")
    await desk.idle()
    await desk.edit("edit of the message", own, f"{who.name}今天来过电话，明天回访", "")
    await desk.ask("撤销 of a note", "撤销", "")


async def orders(desk: Desk, who: Person) -> None:
    """An order, restored and taken back."""
    made = await desk.ask("/order", f"/order {who.name} 12000 螺栓M8", who.name)
    gone = await desk.press("undo of the order", made, "ou", "")
    made = await desk.press("the order again", gone, "or", "")
    await desk.press("undo of the order", made, "ou", "")
    await desk.ask("order in words", f"{who.name}下单了5000块的垫片", who.name)
    await desk.ask("撤销 of an order", "撤销", "")
    await desk.ask("a sum with goods and no word of a sale", f"{who.name} 12000 法兰盘", "")
    await desk.ask("撤销 of that", "撤销", "")
    await desk.ask("a sum that may be of one or of all", f"{who.name} 要50套 22", "")
    await desk.ask("撤销 of that question", "撤销", "")


async def tasks(desk: Desk, who: Person) -> None:
    """A reminder, put off, done, open again, taken back."""
    made = await desk.ask("/remind", f"/remind 明天下午3点 给{who.name}回电话", who.name)
    later = await desk.press("[推迟]", made, "js", "")
    later = await desk.press("[推迟] for an hour", later, "js", "")
    await desk.press("[完成]", later, "jd", "")
    made = await desk.ask("reminder in words", f"提醒我后天上午给{who.name}寄样品", who.name)
    await desk.press("undo of the task", made, "ju", "")
    await desk.ask("撤销 of a task", "撤销", "")


async def standing(desk: Desk, who: Person) -> None:
    """What is asked or said of one customer by command."""
    name = who.name
    for step, text, expects in (
        ("/prefer", f"/prefer {name}", name),
        ("/prefer, stated", f"/prefer {name} 微信", name),
        ("/credit", f"/credit {name}", name),
        ("a debt", f"欠款 {name} 5000 6月30日前", name),
        ("a payment", f"{name}付了3000", name),
        ("what is unpaid noted as a debt", f"{name} 两单一起记欠款", name),
        ("a balance paid", f"{name}尾款结清了", name),
        ("/lead", f"/lead {name}", name),
        ("/relation", f"/relation {name}", name),
        ("a relation", f"{name} 是 {who.spare} 介绍的", name),
        ("/statement", f"/statement {name}", name),
        ("/statement, household", f"对账 {name}一家 今年", name),
        ("an answer to a survey", f"{name} 打分 9", name),
        ("/why", f"/why {name}", ""),
        ("/suggest", f"/suggest {name}", name),
        ("/quiet", f"/quiet {name}", name),
        ("/quiet no more", f"可以打扰 {name}", name),
        ("撤销 of what was said last", "撤销", ""),
    ):
        await desk.ask(step, text, expects)


async def deals(desk: Desk, who: Person) -> None:
    """A deal, moved, won, booked as an order, taken back."""
    made = await desk.ask("/deal", f"/deal {who.name} 8万 螺栓 6月底", who.name)
    stages = await desk.press("[阶段]", made, "Dg", "")
    moved = await desk.press("[阶段] chosen", stages, "Dm", "")
    shown = await desk.press("the deal", moved, buttons.ShowDeal(int(_field(made, "Dg", 1))), "")
    won = await desk.press("[成交]", shown, "Dw", "")
    booked = await desk.press("[成交] booked", won, "Do", "")
    await desk.ask("deals of one", f"/deals {who.name}", who.name)
    await desk.ask("撤销 of the booking", "撤销", "")
    assert booked is not None


def _field(message: Message, code: str, at: int) -> str:
    return next(data for data in _datas(message) if data.startswith(f"{code}:")).split(":")[at]


async def visits(desk: Desk, who: Person) -> None:
    """A visit, put off, made, open again."""
    await desk.ask("a visit planned", f"拜访计划 明天 {who.name}", who.name)
    planned = await desk.ask("a visit planned", f"/visits 今天 {who.name}", who.name)
    listed = await desk.press("[看清单]", planned, "Vl", "")
    shown = await desk.press("a visit", listed, "Vs", "")
    await desk.press("a visit's result", shown, "Vr", "")


async def merges(desk: Desk, who: Person) -> None:
    """Two become one, and two again."""
    shown = await desk.ask("/merge, its page", f"/merge {who.name} {who.spare}", who.name)
    merged = await desk.press("the merge", shown, "mg", "")
    await desk.press("undo of the merge", merged, "mu", "")


async def cases(desk: Desk, who: Person) -> None:
    """A complaint and a need."""
    made = await desk.ask("note of a complaint", f"投诉 {who.name} 货坏了要退", who.name)
    case = await desk.press("[处理投诉]", made, "kc", "")
    asked = await desk.press("the case: why", case, "Ke", "")
    back = await desk.press("the case", asked, "kc", "")
    await desk.press("the case closed", back, buttons.CloseComplaint(int(_field(made, "kc", 1))), "")
    await desk.ask("a case solved in words", f"{who.name}的投诉解决了", "")


async def managing(desk: Desk, who: Person) -> None:
    """What a manager does with one customer, found by number because namesakes are many."""
    shown = await desk.ask("/c by number", f"/c {who.phone}", who.name)
    await desk.press("[分配]: whom he suits", shown, buttons.SuggestOwner(who.customer_id, 0), "")
    await desk.press("/erase, its page", shown, buttons.AskErase(who.customer_id), "")
    page = await desk.press("/merge, its page", shown, buttons.ChooseMerge(who.customer_id, who.spare_id, 0), "")
    merged = await desk.press("the merge", page, "mg", "")
    await desk.press("undo of the merge", merged, "mu", "")


ROUNDS = (finding, card, profile, adding, notes, orders, tasks, standing, deals, visits, cases, merges)
MANAGED = (finding, card, managing)
