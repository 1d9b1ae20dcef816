"""Which words a request for a list of the whole book must have: 谁最可能签 asks for no list of those who leave."""

from __future__ import annotations

from nlp import lazy

_LEAVES = (  # in whatever trade and dialect: who goes, is silent, buys less, or may not come again
    "流失|跑|走|丢|黄|凉|悬|险|预警|高危|苗头|沉|失联|活跃|断|换|掉|冷|少|缩|縮|稳|撤|飞|散|吹|睡|静|久|退|没了|别家|来往|洗白"
    "|[不勿唔].{0,4}(?:买|来|续|續|签|合作|用|下单|要|理|行|动|回|跟|想|干)"
    "|[没未无冇].{0,6}(?:来|单|买|联系|动|消息|货|声|见|购|续|回|订|跟|理|覆)|(?i:churn|risk|lost|cold|touch|shaky|quiet|leav)"
    r"|[\d一二两三四五六七八九十几半]个?多?(?:[月周年天]|星期|礼拜)[都也还]?没\S{1,6}$"  # 三个月没保养, in any trade
)
_COMPLAINS = (
    "投诉|投訴|客诉|告状|告[咱我俺]|闹|骂|怨|意见|不满|负面|火|脾气|差评|吐槽|麻烦|翻脸|高兴|售后|工单|反映|扯皮|情绪|痛快|爽"
    "|嫌|气|案|问题|毛病|苦|唔[满掂开]|解决|(?i:complain|escalat|case|ticket|unhappy)"
)
_MATTERS = {"risk": lazy.regex(_LEAVES), "complaints": lazy.regex(_COMPLAINS)}
_ELSEWHERE = {  # what the words of a list ask besides: 面粉卖了几袋 is of goods, 今天谁交定金了 of what others did
    "summary": lazy.regex("(?:多少|几)(?:公?斤|[袋箱瓶盒包桶只])(?:[^,，。客]{0,2})$"),
    "today": lazy.regex("谁[^,，。还没约排要]{0,6}[交付签买卖打回下做干成转收][^,，。]{0,4}[了过][?？ ]*$"),
}


def are_named(which: str, text: str) -> bool:
    """True where the text has a word of the list, and asks for nothing that it does not tell.

    >>> are_named("risk", "哪家要黄啊"), are_named("risk", "谁最可能签"), are_named("summary", "面粉卖了几袋")
    (True, False, False)
    >>> are_named("risk", "谁三个月没保养"), are_named("risk", "谁昨天没打卡")
    (True, False)
    """
    if which in _MATTERS and _MATTERS[which].search(text) is None:
        return False
    return which not in _ELSEWHERE or _ELSEWHERE[which].search(text) is None
