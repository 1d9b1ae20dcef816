"""Who may type what, declared: each command with what follows it, and each sentence that a handler of its own takes.

A command, a Chinese word or a handler that is not here fails tests/access/test_declared.py.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.access.rules import Whom


@dataclass(frozen=True, slots=True)
class Typed:
    """What is typed, with {name}, {phone} and {firm} of a customer, and the least role that is answered."""

    text: str
    whom: Whom = "everyone"
    takes_back: bool = False  # … something of his own, whoever is named

    @property
    def names_somebody(self) -> bool:
        """A customer is named."""
        return "{" in self.text


# Command → what follows its name or Chinese word.
COMMANDS: dict[str, Typed] = {
    "today": Typed(""),
    "add": Typed("{name} {phone} {firm} 采购经理"),
    "card": Typed("{name} 采购经理 {firm} {phone}"),
    "note": Typed("{name} 嫌交期慢，下周三回访"),
    "c": Typed("{name}"),
    "find": Typed("{phone}"),
    "said": Typed("嫌交期"),
    "customers": Typed("行业=五金"),
    "export": Typed("行业=五金"),
    "order": Typed("{name} 12000 螺栓M8"),
    "deal": Typed("{name} 8万 螺栓 6月底"),
    "deals": Typed(""),
    "forecast": Typed(""),
    "target": Typed(""),
    "remind": Typed("明天下午3点 给{name}回电话"),
    "complaints": Typed(""),
    "needs": Typed(""),
    "risk": Typed(""),
    "prefer": Typed("{name}"),
    "credit": Typed("{name}"),
    "lead": Typed("{name}"),
    "relation": Typed("{name}"),
    "visits": Typed("{name}"),
    "statement": Typed("{name}"),
    "loyalty": Typed(""),
    "quality": Typed(""),
    "duplicates": Typed(""),
    "merge": Typed("{name} {name}二"),
    "quiet": Typed("{name}"),
    "why": Typed("{name}"),
    "missed": Typed(""),
    "campaign": Typed("行业=五金 {{称呼}}您好，新品到了"),
    "suggest": Typed("{name}"),
    "tiers": Typed(""),
    "clusters": Typed("", "manager"),
    "sources": Typed(""),
    "views": Typed(""),
    "summary": Typed(""),
    "kpi": Typed(""),
    "team": Typed(""),
    "report": Typed("", "manager"),
    "pool": Typed(""),
    "assign": Typed("{name} 给 小周"),
    "handover": Typed("", "manager"),
    "members": Typed("", "manager"),
    "invite": Typed("", "manager"),
    "connect": Typed("", "admin"),
    "robots": Typed("", "admin"),
    "settings": Typed(""),
    "templates": Typed("", "admin"),
    "festivals": Typed("", "admin"),
    "audit": Typed("", "admin"),
    "erase": Typed("{name}", "admin"),
    "held": Typed("{name}", "admin"),
    "model": Typed("", "admin"),
    "words": Typed(""),
    "help": Typed(""),
    "start": Typed(""),
}
# Commands that not everybody sees in the menu although everybody is answered, with what is his own.
SHOWN_TO_FEWER = ("settings", "words", "summary", "sources", "kpi", "assign")
# What tells a rep that a colleague has the number, and nothing else of him: PRODUCT.md wants it so.
SAYS_SO_OF_COLLEAGUES = (
    "{name} {phone} {firm} 采购经理",
    "{name} 采购经理 {firm} {phone}",
)
# Handler → sentences that it takes besides its command, or without one.
SPOKEN: dict[str, tuple[Typed, ...]] = {
    "agenda.show_overdue": (Typed("清一清"), Typed("拖着的都清掉")),
    "undoing.undo": (Typed("撤销刚才那条"),),
    "undoing.cancel": (Typed("算了"),),
    "settings.show_settings": (Typed("免打扰"),),
    "settings.my_zone": (Typed("我的时区"),),
    "told_hours.set_work_hours": (Typed("上班时间 8:30-17:30", "admin"),),
    "told_hours.tell_quiet_hours": (Typed("中午12点到1点半别打扰大家", "admin"),),
    "words.edit_words": (Typed("加竞品 永固", "admin"),),
    "restraint.allow": (Typed("可以联系 {name}"),),
    "restraint.owes": (Typed("有欠款 {name}"),),
    "restraint.paid": (Typed("欠款已清 {name}"),),
    "restraint.name_first": (Typed("{name} 不要联系了"),),
    "restraint.lifted": (Typed("{name}可以联系了"), Typed("{name}不打扰取消")),
    "credit.owe": (Typed("欠款 {name} 5000 6月30日前"),),
    "credit.pay": (Typed("回款 {name} 5000"),),
    "credit.list_overdue": (Typed("谁欠款"),),
    "credit.name_first": (Typed("{name}欠款5000"),),
    "relations.list_seeds": (Typed("种子客户"),),
    "relations.state": (Typed("{name} 是 {name}二 介绍的"),),
    "loyalty.explain": (Typed("打分"),),
    "loyalty.state": (Typed("{name} 打分 9"),),
    "merges.merge_named": (Typed("把{name}合并到{name}二"),),
    "merges.merge_same": (Typed("{name}就是{name}二"),),
    "merges.list_pairs": (Typed("有没有重复"),),
    "merges.list_merges": (Typed("撤销合并"),),
    "exports.show_records": (Typed("导出记录"),),
    "complaint_choices.show_repeats": (Typed("投诉原因"),),
    "complaint_words.show": (Typed("{name}的投诉怎么样了"),),
    "complaint_words.take_shown": (Typed("这个投诉让小周跟"),),
    "mistaken_complaints.take_back": (Typed("{name}那个不是投诉"),),
    "colleague_debts.show": (Typed("谁欠款 小周"),),
    "largest_orders.show": (Typed("最大的订单 这个月"),),
    "expiries.show": (Typed("查到期 4月"),),
    "firm_contacts.show": (Typed("查联系人 {name}"),),
    "calendars.tell_day": (Typed("查日子 明年春节"),),
    "calendars.list_festivals": (Typed("查节日 4月"),),
    "complaint_words.take": (Typed("{name}的投诉解决了"), Typed("投诉 {name} 解决了")),
    "need_cases.take": (Typed("{name}的需求成交了"), Typed("需求 {name} 已报价")),
    "need_cases.who_needs": (Typed("谁需要螺栓机？"),),
    "deals.note_as_deal": (Typed("{name}那个8万记商机"),),
    "deals.note_close": (Typed("{name}商机8万"),),
    "deals.note_sentence": (Typed("{name}有个8万的单子，预计6月底成"),),
    "targets.look": (Typed("本月目标"),),
    "targets.look_at_month": (Typed("4月目标进度"),),
    "targets.take_close": (Typed("小李目标5万", "manager"),),
    "targets.take_many": (Typed("小李这个月目标5万 小周60万", "manager"),),
    "given_back.give_back": (Typed("算了转回来"),),
    "sources.enter_cost": (Typed("来源成本 展会 3月 5000", "manager"),),
    "offers.who_buys": (Typed("谁会买垫片"),),
    "colleague_words.show": (Typed("把小周设为主管", "manager"),),
    "bot_matters.take": (Typed("群里能干嘛"), Typed("早卡几点发")),
    "colleague_words.invite": (Typed("新来了个销售叫小孙 怎么加进来", "manager"),),
    "successions.undo_in_words": (Typed("撤销交接", "manager"),),
    "successions.hand_over_in_words": (Typed("把小李的全部客户交接给小周", "manager"),),
    "pool.release_in_words": (Typed("把{name}放回公海"),),
    "ownership.give_in_words": (Typed("把{name}转给小周"),),
    "removals.remove_in_words": (Typed("删掉{name}这个客户"),),
    "moved_several.move_in_words": (Typed("刚才那两条是{name}的"),),
    "currencies.show": (Typed("汇率"), Typed("美元汇率多少")),
    "currencies.set_rate": (Typed("美元汇率 7.12", "manager"),),
    "currencies.take": (Typed("{name}下单 1200美元 螺栓"),),
    "moved_notes.move_in_words": (Typed("刚才那条记错了 是{name}的", takes_back=True),),
    "fallbacks.suggest_command": (Typed("/nosuchcommand"),),
    "messages.take_text": (
        Typed("{name} 说样品通过了，投诉交期慢"),
        Typed("{name}的电话是多少"),
        Typed("{phone}"),
        Typed("{name}下单12000元螺栓"),
        Typed("明天给{name}回电话"),
        Typed("{firm}"),
        Typed("本月新增了多少客户？"),
    ),
    "needs.summarize": (Typed("客户最近投诉什么"),),
}
# Handlers that take no typed words; what strangers and former members send to them is tested apart.
OTHERS = {
    "robots.take_address": "a pasted address: tests/chat/test_robots.py",
    "edits.reread": "an edited message: tests/chat/test_edits.py",
    "groups.connect": "also /start with a code in a group: test_groups_obey.py",
    "groups.answer_mention": "test_groups_obey.py",
    "groups.note_my_place": "told by Telegram",
    "groups.follow_migration": "told by Telegram",
    "start.start": "also with a code: test_doors_closed.py",
    "business_cards.read_photo": "a photo",
    "contacts.add_contact": "a contact",
    "contacts.add_vcard": "a file",
    "imports.receive": "a file",
    "messages.ask_caption": "a picture or file",
    "fallbacks.refuse_voice": "a voice",
    "fallbacks.refuse_rest": "a sticker, a place",
    "fallbacks.refuse_press": "a button of no kind",
    "fallbacks.ignore": "nothing is said",
}
