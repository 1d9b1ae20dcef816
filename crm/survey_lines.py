"""An answer to a survey as typed: 张伟 打分 9 分, 满意度 张伟 4, NPS 张伟 8."""

from __future__ import annotations

from dataclasses import dataclass

from nlp import lazy

WORDS = {"nps": "打分 打了 打 评分 推荐分 推荐度 NPS nps Nps", "satisfaction": "满意度 满意分 满意度打分 满意度评分"}
SURVEY_OF = {word: survey for survey, words in WORDS.items() for word in words.split()}
_WORD = "|".join(sorted(SURVEY_OF, key=len, reverse=True))
_NAME = r"[^\d，。,！!？?、:：\n]{0,20}?"
_SCORE = r"(?P<score>-?\d{1,3}(?:\.\d+)?|10|[零一二两三四五六七八九十])"
_ON = r"(?:(?P<day>今天|昨天|前天)\s*)?"
_STATED = (
    rf"^\s*(?P<first>{_NAME})\s*{_ON}(?:给我们|给咱们|给)?的?(?P<word>{_WORD})\s*(?:[:：]\s*)?(?:(?:是|为|给了?)\s*)?"
    rf"(?P<last>{_NAME})\s*(?:[:：]\s*)?{_SCORE}\s*(?:分|/\s?10|/\s?5)?"
)
LINE = lazy.regex(rf"{_STATED}(?:[。！!]?\s*$|\s*[，,；;。]\s*(?P<comment>\S[\s\S]*)$)")
_DIGITS = {"零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
DAYS_BACK = {"今天": 0, "昨天": 1, "前天": 2}


@dataclass(frozen=True, slots=True)
class SurveyLine:
    """Who answered which survey with what; `score` as typed, perhaps impossible. `days_back`: 0 today.

    `comment`: what else was said: the whole text is a note then.
    """

    name: str
    survey: str
    score: float
    days_back: int = 0
    comment: str = ""


def read(text: str) -> SurveyLine | None:
    """The answer that the text states, and nothing else.

    >>> read("张伟 打分 9 分")
    SurveyLine(name='张伟', survey='nps', score=9, days_back=0, comment='')
    >>> read("满意度 张伟 4")
    SurveyLine(name='张伟', survey='satisfaction', score=4, days_back=0, comment='')
    >>> read("张伟打分很低，一共才3分")
    """
    match = LINE.match(text)
    if match is None or (match["first"].strip() and match["last"].strip()):
        return None
    if match["word"] in ("打", "打了") and not text[match.end("score") :].lstrip().startswith("分"):
        return None  # 张伟 打 3 折
    typed = match["score"]
    score = float(_DIGITS.get(typed, typed))
    name = (match["first"] or match["last"]).strip()
    back = DAYS_BACK.get(match["day"] or "", 0)
    return SurveyLine(
        name, SURVEY_OF[match["word"]], int(score) if score.is_integer() else score, back, match["comment"] or ""
    )
