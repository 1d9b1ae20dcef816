"""What is said about the tagger's model: what it is made of, how good it is, what was tried and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from crm.model_state import State, Version
from handlers import buttons
from handlers.say import Button, Rows, Say, esc
from handlers.texts import days

SCORES = {
    "intents_f1": "意图",
    "topics_f1": "话题",
    "sentiment_accuracy": "情绪",
    "urgent_f1": "紧急",
    "own": "本团队点选",
}
NOT_YET = "内置模型还在做第一次训练，几分钟后再发 /model 看。记录照常保存，标签随后补上。"
LEARNING = "⏳ 正在学，学完告诉您。"
ALREADY = "已经在学了，学完会告诉您。"
NOTHING_NEW = (
    "上次学习以后还没有人点过标签。在记录卡片上点 [改标签]，或回答“像是投诉，对吗？”，攒几次再学；发 /model 看情况。"
)
GONE = "这一版不在了，或是给更早的内置模型学的，没法用。发 /model 看现在有哪些。"
DEFINITIONS = (
    "📏 <b>成绩怎么算</b>\n"
    "· 意图、话题、紧急：F1，既不漏也不错才高；情绪：判对的比例。都在内置语料上算，而且写这些记录的人，"
    "模型学的时候一条也没见过。\n"
    "· 本团队点选：你们点过的和没动过的标签，判对的比例；算每一条时，都用没学过这条的模型。\n"
    "· 新学的版本只要有一项比原来差得超出容差，就不采用"
    "（意图 0.8、话题和紧急 1、情绪和本团队点选 0.5 个百分点）。\n"
    "· 一个人点得再多，分量也有上限；几个人说法相反就都不算；"
    "谁的点选老是和模型最有把握的判断相反，先不采用，由您决定。\n"
    "· 学到的只给你们团队用，客户姓名不参与学习。"
)
_STATES = {
    "live": "在用",
    "retired": "用过",
    "withdrawn": "已退回",
    "failed": "没学成：程序出错，下次再试",
}


def card(state: State, zone: ZoneInfo, now: datetime, head: str = "") -> Say:
    """The model's card."""
    lines = [head] if head else []
    lines += ["🧠 <b>标签模型</b>", *_used(state), *_pending(state), "", *_scores(state)]
    if state.history:
        lines += ["", "<b>历史</b>", *(_entry(version, zone, now) for version in state.history)]
    if state.unheard:
        names = "、".join(esc(member.name) for member in state.unheard)
        lines += ["", f"⚠️ {names} 的点选老是和模型最有把握的判断相反，没有采用。确认没乱点的话，可以采用。"]
    return Say("\n".join(lines), _rows(state))


def _used(state: State) -> list[str]:
    notes = state.built_in.get("n_notes")
    built_in = f"内置模型 {esc(state.base_version)}" + (f"（{notes} 条语料）" if notes else "")
    if state.live is None:
        return [f"在用：{built_in}，还没有用上本团队教的"]
    figures = state.live.row.figures
    taught = f"学自 {figures.get('n_notes', 0)} 条记录的 {figures.get('n_said', 0)} 次点选"
    return [f"在用：本团队第 {state.live.number} 版（{taught}）", f"底子：{built_in}"]


def _pending(state: State) -> list[str]:
    if state.is_learning:
        return [LEARNING]
    after = f"，满 {state.learn_after} 次自动学" if state.learn_after else "，不自动学"
    return [f"新的点选：{state.new_taps} 次{after}"]


def _scores(state: State) -> list[str]:
    """Each score of what is in use, beside that of the version before."""
    if state.live is None:
        measured = (v.row.figures for v in state.history if v.row.base_version == state.base_version)
        compared = next((figures["built_in"] for figures in measured if figures.get("built_in")), None)
        metrics = compared or state.built_in.get("metrics", {})
        told = [f"{name} {metrics[key]:.1%}" for key, name in SCORES.items() if key in metrics]
        return ["<b>成绩</b>：" + "，".join(told)] if told else []
    scores, before = state.live.row.figures.get("scores", {}), state.live.row.figures.get("reference", {})
    return [
        "<b>成绩</b>（括号里是上一版）",
        *(f"· {name} {scores[k]:.1%}（{before[k]:.1%}）" for k, name in SCORES.items() if k in scores and k in before),
    ]


def _entry(version: Version, zone: ZoneInfo, now: datetime) -> str:
    row = version.row
    when = days.ago(row.ended_at or row.created_at, zone, now)
    said = row.figures.get("n_said", 0)
    return f"第 {version.number} 版 {when}，{said} 次点选：{_became(version)}"


def _became(version: Version) -> str:
    row = version.row
    return reason(row.figures) if row.state == "refused" else _STATES.get(row.state, row.state)


def reason(figures: Mapping[str, Any]) -> str:
    """Why a version was not taken."""
    why = figures.get("reason")
    if why == "too_few":
        return "没采用：说法一致的记录太少"
    if why == "distrusted":
        return "没采用：点选和模型最有把握的判断相反"
    score, least = figures.get("scores", {}).get(why), figures.get("reference", {}).get(why)
    if score is None or least is None:
        return "没采用"
    return f"没采用：{SCORES.get(str(why), why)}变差（{score:.1%}，原来 {least:.1%}）"


def verdict(version: Version) -> Say:
    """The answer to who asked for the learning."""
    figures = version.row.figures
    rows: Rows = ((Button("看模型", buttons.ShowModel()),),)
    if version.row.state == "failed":
        return Say(f"⚠️ 第 {version.number} 版{_STATES['failed']}。现在用的没有变。", rows)
    if version.row.state == "refused":
        return Say(f"🧠 第 {version.number} 版学完了，{reason(figures)}。现在用的没有变。", rows)
    scores, before = figures.get("scores", {}), figures.get("reference", {})
    told = "，".join(f"{SCORES[k]} {before[k]:.1%} → {scores[k]:.1%}" for k in SCORES if k in scores and k in before)
    return Say(f"🧠 第 {version.number} 版学完了，已经用上：{told}。新记录按它打标签，旧记录不变。", rows)


def used(number: int) -> str:
    """The head of the card after another version was chosen."""
    return f"↩️ 已换回第 {number} 版，从下一条记录起生效。" if number else "↩️ 已换回内置模型，从下一条记录起生效。"


def trusted(name: str) -> str:
    """The head of the card after a member was trusted."""
    return f"👌 从现在起采用 {esc(name)} 的点选。"


def definitions() -> Say:
    """How the scores are counted."""
    return Say(DEFINITIONS, ((Button("返回", buttons.ShowModel()),),))


def _rows(state: State) -> Rows:
    first: list[Button] = []
    if not state.is_learning:
        first.append(Button("现在学习", buttons.LearnNow()))
    if state.before is not None:
        first.append(Button("回到上一版", buttons.UseModel(state.before[1])))
    rows: list[tuple[Button, ...]] = [tuple(first)] if first else []
    if state.again is not None:
        again = state.again
        rows.append((Button(f"再用第 {again.number} 版", buttons.UseModel(again.row.model_version_id)),))
    for member in list(state.unheard)[:3]:
        rows.append((Button(f"采用{member.name[:16]}的点选", buttons.TrustTeacher(member.member_id)),))
    return (*rows, (Button("口径", buttons.DefineScores()), Button("刷新", buttons.ShowModel())))
