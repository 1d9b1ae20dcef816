"""/help: examples first, then the commands with their Chinese words, a page for each topic."""

from __future__ import annotations

import re
from collections.abc import Sequence

from handlers import buttons
from handlers.menus import Command
from handlers.say import Button, Rows, Say, esc
from handlers.texts import imports, notes
from handlers.texts.cards import clip

HEAD = 60  # characters of what was asked


def private(first: Sequence[Command], topics: Sequence[str]) -> Say:
    """What most people want, and a button for each page of commands."""
    examples = "\n".join(f"<code>{esc(c.example)}</code>" for c in first if c.example)
    return Say(
        f"<b>直接发一句话就行，例如</b>\n{examples}\n"
        "写明客户名字的话会记到他名下；回复某张卡片，就是说那位客户；表格文件直接拖进来、或整张贴过来，都能导入。\n"
        "想知道数就直接问：<code>这个月谁签单最多</code>、<code>高价值客户最近抱怨什么</code>、<code>本周新增多少客户</code>。\n"
        "记错了发 <code>撤销</code>，订单金额写错了接着发 <code>不对 是4200</code>，"
        "问到一半不想答发 <code>取消</code>。\n\n"
        "全部命令（中文词也行），点一类看：",
        _rows(topics),
    )


# What no command does, or not alone: words of the deed → how it is done.
_DONE_SO = (
    (
        re.compile("收款|现金|付清|当场|到账|已收"),
        "当场收了钱的单子，一条说完就算已收款，计进回款：<code>王总 订了轴承 1280 微信收了</code>、"
        "<code>周婷 护理 168 微信</code>；没收到点 [没收款]。"
        "后来才到账的发 <code>回款 王总 3000</code>；零头抹掉就说 <code>王总付款170 抹零4</code>；"
        "还有谁没付，问 <code>谁还没付钱</code>。",
    ),
    (
        re.compile("订单|单子|下单|(?<=[那这])单"),
        "改订单：<code>不对 是4200</code>、<code>改成150个</code>、<code>王总那单改成4200</code>、"
        "<code>那单是李总的</code>，不做了发 <code>撤单</code>；回复订单卡片说的就是那一单。"
        "\n几样货一条说完：<code>王记面馆 2箱鸡腿190一箱 面粉5袋85一袋 月结</code>。",
    ),
    (re.compile("删|撤|取消|错"), "刚记错的：发 <code>撤销</code>，或者点那条下面的 [撤销]。"),
    (
        re.compile("改|更新|换"),
        "改资料：<code>王总 电话改成 13900139000</code>、<code>王总名字改成王建国</code>，"
        "或者发 <code>查 王总</code> 点 [改资料]。",
    ),
    (
        re.compile("汇率|外币|美[元金]|欧元"),
        "外币按团队的汇率折算：主管发 <code>美元汇率 7.12</code> 设定，发 <code>汇率</code> 查看。",
    ),
    (re.compile("记|笔记|备注"), "记一笔：直接发 <code>王总 嫌交期慢，下周三回访</code>，写明名字就行。"),
    (
        re.compile("提醒|闹钟"),
        "定提醒：<code>明天下午3点提醒我给王总回电话</code>；接着发 <code>还是后天吧</code> 改期，"
        "<code>以后看库存别提醒了</code> 停掉。\n重复的：<code>每月农历初一提醒我盘点</code>、"
        "<code>每周一 到5月底为止提醒我发周报</code>。"
        "\n客户要来：<code>周婷明天下午3点来做头发</code>。主管转任务：<code>把小李的任务都转给小周</code>。",
    ),
    (
        re.compile("导入|表格|[Ee]xcel"),
        f"{imports.HOW_TO}「负责人」列写同事的名字，主管导入时新客户就归他；金额是万元的，表头或标题写明（单位：万元）。",
    ),
)


_NOT_KEPT = re.compile(
    "仓库|库房|库存|存货|现货|请假|提成|佣金|工资|奖金|天气|快递|物流|运费|押金|空[箱桶瓶]|文案|话术|广告词|朋友圈"
)
_WRITING = re.compile("文案|话术|广告词|朋友圈")
_CAMPAIGN = (
    "您写好，我来分发：<code>活动 4月生日\n4月生日的客户到店八折</code>，"
    "会先列出符合条件的客户；生日和节日祝福我有现成的。"
)


def not_kept(wanted: str, topics: Sequence[str]) -> Say | None:
    """That the matter is nothing of ours, and what is; None where it may be."""
    if not _NOT_KEPT.fullmatch(wanted):
        return None
    wanted = re.sub("仓库|库房", "库存", wanted)
    if _WRITING.fullmatch(wanted):
        return Say(f"{esc(wanted)}我不会写，这句没有当成记录。{_CAMPAIGN}", _rows(topics))
    nearest = "业绩可以直接问：<code>我这个月业绩</code>。" if re.search("[提佣]|[工奖]", wanted) else ""
    return Say(f"{esc(wanted)}不在我这里记，这句没有当成记录。{nearest}{notes.ANSWERED}。", _rows(topics))


def may_be_told(wanted: str) -> bool:
    """True where a deed is known for what is to be done."""
    return any(pattern.search(wanted) for pattern, _ in _DONE_SO)


def how_to(wanted: str, found: Sequence[Command], topics: Sequence[str]) -> Say:
    """How something is done: the deed, then the commands nearest to it with what one might type."""
    told = [line for pattern, line in _DONE_SO if pattern.search(wanted)]
    lines = [f"{_line(c)}{f'：<code>{esc(c.example)}</code>' if c.example else ''}" for c in found]
    return Say("\n".join([f"<b>{esc(clip(wanted, HEAD))}</b>", *told, *lines]), _rows(topics))


def topic(name: str, commands: Sequence[Command], topics: Sequence[str]) -> Say:
    """The commands of a topic, each with what one might type."""
    lines = [
        f"{_line(c)}{f'：<code>{esc(c.example)}</code>' if c.example else ''}" for c in commands if c.name != "start"
    ]
    return Say("\n".join([f"<b>{esc(name)}</b>", *lines]), _rows(topics))


def group(commands: Sequence[Command]) -> Say:
    """The shorter one for groups."""
    lines = "\n".join(_line(c) for c in commands)
    return Say(f"在群里我只听这几个命令，客户隐私会打码：\n{lines}\n客户的事请私聊我。")


def _rows(topics: Sequence[str]) -> Rows:
    shown = [Button(name, buttons.HelpTopic(name)) for name in topics]
    return tuple(tuple(shown[at : at + 3]) for at in range(0, len(shown), 3))


def _line(command: Command) -> str:
    words = f" {'、'.join(command.words)}" if command.words else ""
    return f"/{command.name}{words} – {esc(command.does)}"
