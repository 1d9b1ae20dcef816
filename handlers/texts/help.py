"""/help: examples first, then the commands with their Chinese words, a page for each topic."""

from __future__ import annotations

from collections.abc import Sequence

from handlers import buttons
from handlers.menus import Command
from handlers.say import Button, Rows, Say, esc


def private(first: Sequence[Command], topics: Sequence[str]) -> Say:
    """What most people want, and a button for each page of commands."""
    examples = "\n".join(f"<code>{esc(c.example)}</code>" for c in first if c.example)
    return Say(
        f"<b>直接发一句话就行，例如</b>\n{examples}\n"
        "写明客户名字的话会记到他名下；回复某张卡片，就是说那位客户；表格文件直接拖进来就能导入。\n"
        "想知道数就直接问：<code>这个月谁签单最多</code>、<code>高价值客户最近抱怨什么</code>、<code>本周新增多少客户</code>。\n"
        "记错了发 <code>撤销</code>，问到一半不想答发 <code>取消</code>。\n\n"
        "全部命令（中文词也行），点一类看：",
        _rows(topics),
    )


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
