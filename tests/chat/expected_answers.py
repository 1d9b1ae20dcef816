"""What /missed and /why must say on a day of a table of expected pushes, and what they really say.

In the morning /missed is asked for what is to come; at the end of the day for how all of it ended. Then one push of
each kind is asked about by a reply, and each customer who was held back by name. What is otherwise is collected.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from emulator.chat import Chat
from emulator.message import Message
from emulator.person import Person
from tests.chat import expected_pushes
from tests.chat.conftest import Office
from tests.chat.expected_pushes import Found, More, Push, Table

MORNING, NIGHT = time(7), time(23, 30)
NAMES = {
    "card": "早卡",
    "birthday": "生日提醒",
    "festival": "节日祝福",
    "task": "到点的提醒",
    "risk": "流失提醒",
    "ladder": "新线索没人跟",
    "manager": "主管留意",
    "digest": "日报",
    "complaint": "投诉期限",
    "report": "周报",
    "kpi": "指标汇报",
    "kpi_day": "指标异常",
}
LINE = re.compile(r"^(?P<sign>[✅🤫🕗❌❓📤]) (?P<what>[^—]+?)(?: — (?P<end>.+))?$")
COUNTS = re.compile(r"已发 (\d+)，没发 (\d+)，还没到点 (\d+)")


def name_of(push: Push) -> str:
    """What the bot calls its kind."""
    return NAMES[push.what.split()[0]]


def spoken(at: str | datetime) -> str:
    """2027-02-03 21:30 as 2月3日 21:30."""
    moment = datetime.fromisoformat(at) if isinstance(at, str) else at
    return f"{moment.month}月{moment.day}日 {moment:%H:%M}"


@dataclass(slots=True)
class Questions:
    """Asks everybody of one table, morning and night, on the days `on` of the month.

    `told` holds in words what the answers say otherwise than the table.
    """

    table: Table
    people: Mapping[str, Person]
    team_id: int
    since: datetime
    on: set[int]
    leader: str | None = None
    group: Chat | None = None
    told: list[str] = field(default_factory=list)

    async def __call__(self, office: Office) -> None:
        """Asks what is to be asked at this hour."""
        if office.now.day not in self.on:
            return
        day = office.now.date().isoformat()
        if office.now.time() == MORNING:
            for who in self.people:
                await self._morning(office, day, who)
        elif office.now.time() == NIGHT:
            really = {one.push: one for one in expected_pushes.found(office, self.team_id, self.since)}
            for who in self.people:
                await self._missed(office, day, who)
                await self._whys(office, day, who, really)
            await self._whys_of_the_group(office, day, really)
            await self._team(office, day)

    async def _morning(self, office: Office, day: str, who: str) -> None:
        answer = await asked(office, self.people[who], "/missed")
        lines = {line_of(push, more, "🕗"): early_end(push, more) for push, more in self._of(day, who).items()}
        self._agree(f"{day} 07:00 {who}", answer.text, lines)

    async def _missed(self, office: Office, day: str, who: str) -> None:
        answer = await asked(office, self.people[who], "漏了什么")
        lines = {line_of(push, more): late_end(push, more) for push, more in self._of(day, who).items()}
        lines |= {
            (f"🕗 {more.first[-5:]} {name_of(push)}（{push.about}）"): [spoken(f"{push.day} {push.hour}"), "免打扰"]
            for push, more in self.table.items()
            if push.who == who and more.first.startswith(day)
        }
        self._agree(f"{day} 23:30 {who}", answer.text, lines)

    async def _team(self, office: Office, day: str) -> None:
        """Who leads the team counts what everybody got."""
        if self.leader is None:
            return
        answer = await asked(office, self.people[self.leader], "/missed 团队")
        pushes = [push for push in self.table if push.day == day]
        sent, put_off = sum(push.end == "sent" for push in pushes), sum(m.first.startswith(day) for m in self._later())
        expected = (str(sent), str(len(pushes) - sent), str(put_off))
        found = COUNTS.search(answer.text)
        if found is None or found.groups() != expected:
            self.told.append(f"{day} team: {expected} expected: {answer.text}")

    def _later(self) -> Iterable[More]:
        return [more for more in self.table.values() if more.first]

    def _of(self, day: str, who: str) -> Table:
        return {push: more for push, more in self.table.items() if (push.day, push.who) == (day, who)}

    def _agree(self, when: str, answer: str, lines: dict[str, list[str]]) -> None:
        """The lines are those expected, each with the words of its end, and the figures above count them."""
        matches = [found for line in answer.splitlines() if (found := LINE.match(line))]
        said = {f"{found['sign']} {found['what']}": found["end"] or "" for found in matches}
        self.told += [f"{when}: /missed lacks {line}" for line in lines.keys() - said.keys()]
        self.told += [f"{when}: /missed has {line} — {said[line]}" for line in said.keys() - lines.keys()]
        for line in lines.keys() & said.keys():
            lacking = [words for words in lines[line] if words not in said[line]]
            if lacking or (not lines[line] and said[line]):
                self.told.append(f"{when}: {line} — {said[line]}: without {lacking}")
        counted = tuple(str(sum(line[0] in signs for line in lines)) for signs in ("✅", "🤫", "🕗"))
        found = COUNTS.search(answer)
        if found is None or found.groups() != counted:
            self.told.append(f"{when}: /missed counts otherwise than {counted}: {answer.splitlines()[0]}")

    async def _whys(self, office: Office, day: str, who: str, really: Mapping[Push, Found]) -> None:
        kinds: set[str] = set()
        for push, more in self._of(day, who).items():
            if push.end == "sent" and push.what not in kinds and push in really:
                kinds.add(push.what)
                self._explains(push, more, (await self._why(office, self.people[who], really[push])).text)
            elif push.end != "sent" and push.what.startswith("birthday") and not self._is_older(push):
                for asking in filter(None, (who, self.leader)):
                    answer = await asked(office, self.people[asking], f"/why {push.about}")
                    self._refuses(push, more, answer.text)

    def _is_older(self, push: Push) -> bool:
        """Something else was said of the customer that day: asked by name, that is what is told of."""
        return any(
            other.day == push.day and other.about == push.about and other.what == "complaint" for other in self.table
        )

    async def _whys_of_the_group(self, office: Office, day: str, really: Mapping[Push, Found]) -> None:
        if self.group is None or self.leader is None:
            return
        for push, more in self._of(day, "群").items():
            if push in really:
                answer = await self._why(office, self.people[self.leader], really[push], self.group)
                self._explains(push, more, answer.text)

    async def _why(self, office: Office, person: Person, found: Found, chat: Chat | None = None) -> Message:
        message = next(one for one in person.messages(chat) if one.message_id == found.message_id)
        return await asked(office, person, "/why", message, chat)

    def _explains(self, push: Push, more: More, answer: str) -> None:
        """Kind, data, hours, and exactly those who got the same."""
        at = f"{push.day} {push.hour}"
        sent = f"✅ 已发 {spoken(at)}"
        parts = [f"🔎 {name_of(push)}", f"应到：{spoken(more.first or at)}", sent, push.about, *data_of(push)]
        if more.first:
            parts += ["免打扰"]
        lacking = [part for part in parts if part not in answer]
        same = {other.who for other in self.table if is_same(push, other)}
        others = answer.partition("同样的还发给了 ")[2].splitlines()
        names = set(others[0].split("、")) if others else set()
        named = {"群": "销售一组"}
        if lacking or names != {named.get(who, who) for who in same} or (not same and "没有别人收到" not in answer):
            self.told.append(f"/why {'  '.join(push)}: without {lacking}, others {same}: {answer}")

    def _refuses(self, push: Push, more: More, answer: str) -> None:
        """The customer, when it was due, and the reason of the table."""
        parts = [
            f"🔎 {name_of(push)}（{push.about}）",
            f"应到：{spoken(f'{push.day} {push.hour}')}",
            "🤫 没发：",
            *more.words,
        ]
        lacking = [part for part in [*parts, *data_of(push), f"发给：{push.who}；没有别人收到"] if part not in answer]
        if lacking:
            self.told.append(f"/why {push.about}: {'  '.join(push)}: without {lacking}: {answer}")


def line_of(push: Push, more: More, sign: str = "") -> str:
    """The line of the list, without its end: ✅ 08:00 生日提醒（王建国）."""
    hour = push.hour if not more.first else spoken(more.first)
    about = f"（{push.about}）" if push.about else ""
    return f"{sign or ('✅' if push.end == 'sent' else '🤫')} {hour} {name_of(push)}{about}"


def early_end(push: Push, more: More) -> list[str]:
    """What the line says in the morning of how it will end; nothing where it will be sent."""
    if push.end != "sent":
        return ["照现在看不发", *more.words]
    return [f"推到 {spoken(f'{push.day} {push.hour}')}"] if more.first else []


def late_end(push: Push, more: More) -> list[str]:
    """What the line says at night of how it ended."""
    return [f"已发 {spoken(f'{push.day} {push.hour}')}"] if push.end == "sent" else ["没发", *more.words]


def data_of(push: Push) -> list[str]:
    """The day that the push speaks of, where it has one."""
    on = date.fromisoformat(push.day)
    kind, _, ahead = push.what.partition(" in ")
    if kind == "birthday":
        return [f"→ {on + timedelta(days=int(ahead or 0))}", *([f"提前 {ahead} 天"] if ahead else [])]
    return [f"→ {on}"] if kind == "festival" else []


def is_same(push: Push, other: Push) -> bool:
    """Somebody else got the same that day."""
    return (push.day, push.what, push.about, "sent") == (other.day, other.what, other.about, other.end) and (
        other.who != push.who
    )


async def asked(
    office: Office, person: Person, text: str, reply_to: Message | None = None, chat: Chat | None = None
) -> Message:
    """The answer, whatever came before it."""
    await person.send(text, chat, reply_to=reply_to)
    await office.idle()
    return next(one for one in reversed(person.messages(chat)) if one["from"]["is_bot"])
