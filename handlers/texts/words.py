"""What is said about the team's words: rivals, our brands, products."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from crm import team_words
from crm.tables import TeamWord
from crm.team_words import WordRefused
from handlers import buttons
from handlers.say import Button, Rows, Say, esc

KINDS = {"rival": "竞品", "brand": "我们的品牌", "product": "产品"}
EXAMPLE = "<code>词表 加 竞品 永固 坚朗</code>"
HOW_TO = f"加：{EXAMPLE}\n删：<code>词表 删 永固</code>"
ABOUT = "记录里提到竞品就标成竞品；我们自己的品牌不会被当成竞品；加了马上生效，只管本团队。"
PAGE = 5
LISTED = 60  # names shown of each kind …
ROOM = 900  # … and characters: a message holds 4,096
TOLD = 10  # names of which it is said how often they stood in the last notes
COMMON = 0.2  # share of the last notes from which a name looks like an ordinary word


def listed(rows: Sequence[TeamWord], offset: int = 0, head: str = "") -> Say:
    """The list by kind, with buttons that remove."""
    lines = [head] if head else []
    lines.append(f"📖 <b>词表</b>（{len(rows)} 个）" if rows else "📖 <b>词表</b>还是空的。")
    for kind, name in KINDS.items():
        mine = [row.word for row in rows if row.kind == kind]
        if mine:
            lines.append(f"· {name}：{esc(_joined(mine))}")
    lines += [ABOUT, HOW_TO]
    add = tuple(Button(f"加{name}", buttons.AskWords(kind)) for kind, name in KINDS.items())
    return Say("\n".join(lines), (add, *_removals(rows, offset)))


def _removals(rows: Sequence[TeamWord], offset: int) -> Rows:
    """At most five buttons beside the three that add: eight in all, with [更多] six and three on two screens."""
    shown = list(rows[offset : offset + (4 if len(rows) > PAGE else PAGE)])
    made = [Button(f"✕ {_cut(row.word)}", buttons.RemoveWord(row.team_word_id)) for row in shown]
    if len(rows) > PAGE:
        following = offset + 4 if offset + 4 < len(rows) else 0
        made.append(Button("更多", buttons.ShowWords(following)))
    return tuple(tuple(made[at : at + 3]) for at in range(0, len(made), 3))


def added(rows: Sequence[TeamWord], mentions: Mapping[str, int]) -> Say:
    """What was added, how often it stood in the last notes, and a way back."""
    kind = KINDS[rows[0].kind]
    lines = [f"✅ 已加到{kind}：<b>{esc(_joined([row.word for row in rows]))}</b>，下一条记录起生效。"]
    for word, many in list(mentions.items())[:TOLD]:
        if many > team_words.LOOKED_AT * COMMON:
            lines.append(f"⚠️ 最近 {team_words.LOOKED_AT} 条记录里有 {many} 条出现“{esc(word)}”，像是常用词，容易误判。")
        elif many:
            lines.append(f"最近 {team_words.LOOKED_AT} 条记录里，“{esc(word)}”出现过 {many} 条。")
    undo = tuple(Button(f"✕ {_cut(row.word)}", buttons.RemoveWord(row.team_word_id)) for row in rows[:2])
    return Say("\n".join(lines), ((*undo, Button("看词表", buttons.ShowWords(0))),))


def removed(rows: Sequence[TeamWord]) -> str:
    """What was removed, with what brings it back."""
    told = "；".join(f"<code>词表 加 {KINDS[row.kind]} {esc(row.word)}</code>" for row in rows[:3])
    return f"🗑 已删：{esc(_joined([row.word for row in rows]))}。要加回来发 {told}"


def ask_kind(words: Sequence[str], draft_id: int) -> Say:
    """Which kind the names are."""
    row = tuple(Button(name, buttons.SortWords(draft_id, kind)) for kind, name in KINDS.items())
    return Say(f"<b>{esc(_joined(words))}</b> 是什么？", (row,))


def ask_words(kind: str) -> Say:
    """The next text is names of this kind."""
    return Say(
        f"要加哪些{KINDS[kind]}？直接发名字，几个就用空格或顿号隔开。", ((Button("不加了", buttons.ShowWords(0)),),)
    )


def refused(fault: WordRefused) -> Say:
    """Why a name cannot be on the list."""
    why = {
        "short": f"“{esc(fault.word)}”太短了，至少 {team_words.SHORTEST} 个字，不然每条记录都会碰上。",
        "long": f"名字最长 {team_words.LONGEST} 个字。",
        "many": f"词表最多 {team_words.MOST} 个，先删几个不用的：<code>词表 删 名字</code>",
    }
    return Say(why.get(fault.why, HOW_TO))


def not_found() -> Say:
    """No such name on the list."""
    return Say("词表里没有这个词。发 <code>词表</code> 看有哪些。")


def _joined(words: Sequence[str]) -> str:
    """The names, as many as there is room for: of three kinds on one list, each as long as it may be."""
    names = [_cut(name, team_words.LONGEST) for name in dict.fromkeys(words)]
    shown, size = 0, 0
    while shown < min(len(names), LISTED) and size + len(names[shown]) < ROOM:
        shown, size = shown + 1, size + len(names[shown]) + 1
    more = f" 等 {len(names)} 个" if len(names) > shown else ""
    return "、".join(names[:shown]) + more


def _cut(word: str, longest: int = 12) -> str:
    return word if len(word) <= longest else word[: longest - 1] + "…"
