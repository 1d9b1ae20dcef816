"""Words of time in the dialects, and the standard words that stand for them: 听日下昼, 明个头晌, 过半拉钟头."""

from nlp import lazy

# 欧阳明个电话 and 说明个问题 name no day.
_APART = r"(?:^|(?<=[\s,，。;；、!！:：~我他她咱你了的等到约定就改叫让那要吧呢是或]))"
WORDS = (
    ("赶明儿个?(?!早|[上下中]午)|赶明个", "改天"),
    ("听日", "明天"),
    ("听朝早?", "明天早上"),
    ("听晚", "明天晚上"),
    ("[琴寻噚]日", "昨天"),
    ("[琴寻噚]晚黑?", "昨天晚上"),
    ("夜儿个", "昨天"),
    ("明儿[个格]", "明天"),
    (f"{_APART}明个儿?(?![人性体])", "明天"),
    ("大后(?:个儿|个|儿个)(?![人月])", "大后天"),
    ("后儿个(?![人月])", "后天"),
    (f"{_APART}后个儿?(?![人月星礼小问])", "后天"),
    ("(?<![如至当从])今(?:个儿|个|儿个)(?![人月星礼])", "今天"),
    ("昨(?:个儿|个|儿个)(?!人)", "昨天"),
    ("大前(?:个儿|个|儿个)(?![人月星礼])", "大前天"),
    (f"{_APART}前(?:个儿|个|儿个)(?![人月星礼小])", "前天"),
    ("(?<![以之天月年周今])后日(?![子期])", "后天"),
    ("明朝(?![代廷])", "明天"),
    ("今朝(?!有酒)", "今天"),
    ("早浪向?(?!费)", "早上"),
    (r"夜到头|(?<=[天日朝号])夜到(?![底家店公])|夜到(?=[一二两三四五六七八九十\d\s,，。]|$)", "晚上"),
    ("(?<=[底初末尾号日天午节秋旦夕宵明周月年班一二三四五六])前头(?!儿|[那这的])", "前"),
    ("工作天(?![气空])", "工作日"),
    ("下昼|下半天|后半?晌|下半?晌|下半日|(?<![\\d一二两三四五六七八九十再不])过晌(?:午(?!饭))?|晌午[歪错]", "下午"),
    ("上昼|上半天|头晌午?|前半?晌|上半晌|上半日|头午", "上午"),
    ("晏昼|晌午头?|傍晌午?|小晌午", "中午"),
    ("(?<=大清)早起|朝早|(?<!大)清早(?!起)", "早上"),
    ("夜里向?|晚半?晌|夜晚(?!间)|(?<![今明昨当每])晚黑", "晚上"),
    ("(?<=[今明昨当每]晚)黑", "上"),
    ("(?:(?<![今明后昨前])天|眼)?[擦傍麻]黑儿?(?![车客板])", "傍晚"),
    ("半拉来?(?=(?:钟头?|小时|月|天|礼拜|星期))|半个来(?=钟|小时|月)", "半个"),
    ("(?<=[过再隔等])半拉(?=[,，。]|$)", "半个钟"),
    ("仨(?=月|钟头|小时|礼拜|星期)", "三个"),
    ("(?<![一两二三四五六七八九十几\\d第前后每这那])个半(?=钟|小时)", "一个半"),
    ("(?:(?<=[下上这本到 ,，。])|^)拜(?=[一二三四五六日](?!下|拜|位|个|起|师))", "礼拜"),
)
"""Each pattern with its plain word; only what is no part of a standard word."""
_PLAIN = tuple((lazy.regex(pattern), plain) for pattern, plain in WORDS)
_ANY = lazy.rare("|".join(pattern for pattern, _ in WORDS))


def standard(text: str) -> tuple[str, list[tuple[int, int]] | None]:
    """The text in standard words, and of each character where what it stands for begins and ends in the text as typed.

    None for the places of a text that has no such words.

    >>> standard("听日下昼三点")
    ('明天下午三点', [(0, 2), (0, 2), (2, 4), (2, 4), (4, 5), (5, 6)])
    """
    if not _ANY.search(text):
        return text, None
    places = [(at, at + 1) for at in range(len(text))]
    for pattern, plain in _PLAIN:
        for match in reversed(list(pattern.finditer(text))):
            start, end = match.span()
            whole = (places[start][0], places[end - 1][1])
            text = text[:start] + plain + text[end:]
            places[start:end] = [whole] * len(plain)
    return text, places
