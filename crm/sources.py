"""Where leads come from: the taxonomy, the team's own names beside it, and what people write for each.

A customer keeps what was written of his source; here that becomes one of the names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from crm.setting_kinds import Refused
from nlp import fields, lazy

OTHER, NONE = "其他", "未填"
# PRODUCT.md, C06.
NAMES = (
    "名录", "黄页", "政府名录", "协会", "展会", "会议", "老客户转介绍", "亲友", "合作伙伴", "扫楼", "网络搜索",
    "竞价推广", "社群", "微信", "直邮", "邮件", "短信", "电话", "传真", "媒体广告", "试用", "培训活动",
    "异业合作", OTHER,
)  # fmt: skip
# What is written in a field of a form, beyond what nlp.fields finds in a sentence; in lower case.
WRITTEN = {
    "展会": "展览 展销会 博览会 广交会 糖酒会 交易会 expo fair exhibition tradeshow",
    "会议": "峰会 论坛 年会 沙龙 研讨会 招商会 conference",
    "老客户转介绍": "转介绍 老客户 老客户介绍 客户介绍 客户推荐 介绍 推荐 口碑 转介 referral referred",
    "亲友": "朋友 朋友介绍 亲戚 同学 老乡 战友 熟人 friend",
    "合作伙伴": "伙伴 代理 代理商 经销商 渠道商 供应商 partner",
    "扫楼": "陌拜 地推 上门 拜访 陌生拜访 walk-in",
    "网络搜索": "网络 网上 官网 网站 百度 搜索 谷歌 google 1688 阿里 阿里巴巴 淘宝 天猫 京东 线上 互联网 website web",
    "竞价推广": "竞价 sem 推广 信息流 投放 百度推广 ads",
    "社群": "抖音 小红书 快手 视频号 朋友圈 公众号 微信群 qq群 qq 知乎 社区 群 b站 微博",
    "微信": "wechat 企微 企业微信 微信好友",
    "电话": "电销 来电 400 呼入 呼出 热线 电话营销 phone call",
    "邮件": "邮箱 email e-mail 询盘 edm",
    "短信": "sms 群发短信",
    "媒体广告": "广告 电视 报纸 杂志 电台 户外 户外广告 电梯广告 媒体",
    "试用": "试用客户 样品 trial",
    "培训活动": "培训 活动 讲座 公开课 体验课 线下活动",
    "异业合作": "异业 跨界",
    "协会": "商会 行业协会",
    "名录": "名单 企业名录 黄页名录 目录 企查查 天眼查",
    "政府名录": "政府 工商名录 工商局",
    OTHER: "其它 未知 不详 不知道 无 没有 - other unknown",
}  # fmt: skip
_BY_WORD = {word: name for name, words in WRITTEN.items() for word in words.split()} | {name: name for name in NAMES}
MOST, LONGEST = 20, 12
_PART = lazy.regex(r"[，,;；\n]+")
_SYNONYM = lazy.regex(r"[、|/／]+")


@dataclass(frozen=True, slots=True)
class OwnSource:
    """A source that a team has added, and other words for it."""

    name: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnSources:
    """The kind of the setting."""

    def check(self, value: object) -> tuple[OwnSource, ...]:
        """As in setting_kinds.Kind."""
        if not isinstance(value, list | tuple):
            raise Refused("sources")
        try:
            found = [v if isinstance(v, OwnSource) else OwnSource(str(v[0]), tuple(map(str, v[1]))) for v in value]
        except (TypeError, IndexError, KeyError) as error:
            raise Refused("sources") from error
        if len(found) > MOST:
            raise Refused("count", 0, MOST)
        names = [one.name for one in found]
        if len(set(names)) < len(names) or any(not _is_name(word) for one in found for word in (one.name, *one.words)):
            raise Refused("sources")
        return tuple(found)

    def dump(self, value: object) -> object:
        """As in setting_kinds.Kind."""
        return [[one.name, list(one.words)] for one in self.check(value)]

    def read(self, typed: str) -> tuple[OwnSource, ...]:
        """As in setting_kinds.Kind: 直播=抖音直播、快手，老乡会.

        >>> OwnSources().read("直播=抖音直播、快手，老乡会")[0]
        OwnSource(name='直播', words=('抖音直播', '快手'))
        """
        if typed.strip() in ("无", "没有", "不要", "清空", "关"):
            return ()
        return self.check([_one(part) for part in _PART.split(typed.strip()) if part.strip()])

    def worded(self, value: Sequence[OwnSource]) -> str:
        """The setting as people say it."""
        told = [f"{one.name}（{'、'.join(one.words)}）" if one.words else one.name for one in value]
        return "、".join(told) or "没有加"


def _one(part: str) -> OwnSource:
    name, _, words = part.replace("＝", "=").partition("=")
    return OwnSource(name.strip(), tuple(word.strip() for word in _SYNONYM.split(words) if word.strip()))


def _is_name(word: str) -> bool:
    return 0 < len(word) <= LONGEST and not re.search(r"[<>{}:=]", word)


def name_of(written: str | None, own: Sequence[OwnSource] = ()) -> str:
    """The source that the words mean: the team's own first, then the taxonomy; 未填 for none, 其他 for unknown words.

    >>> name_of("朋友介绍"), name_of("百度"), name_of("宁波展会认识"), name_of(None), name_of("算命先生")
    ('亲友', '网络搜索', '展会', '未填', '其他')
    """
    return known(written, own) or (OTHER if (written or "").strip() else NONE)


def known(written: str | None, own: Sequence[OwnSource] = ()) -> str | None:
    """As `name_of`, but None where nothing fits."""
    said = (written or "").strip().lower()
    if not said:
        return None
    for one in own:
        if any(said == word.lower() for word in (one.name, *one.words)):
            return one.name
    if said in _BY_WORD:
        return _BY_WORD[said]
    for one in own:
        if any(word.lower() in said for word in (one.name, *one.words)):
            return one.name
    found = fields.source_of(said)
    if found is not None:
        return found
    inside = [word for word in _BY_WORD if len(word) > 1 and word in said]
    return _BY_WORD[max(inside, key=len)] if inside else None
