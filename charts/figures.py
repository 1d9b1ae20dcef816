"""Numbers as a Chinese reader takes them in at a glance: ¥12.3万, 1,234, 45%."""

_WAN = 10_000


def yuan(fen: float) -> str:
    """Money in yuan, 万 from 10,000 and 亿 from 100 million on.

    >>> yuan(1_234_500), yuan(12_345_600), yuan(999_960), yuan(-5_000), yuan(2_000_000)
    ('¥1.2万', '¥12.3万', '¥1万', '-¥50', '¥2万')
    """
    words = _shortened(abs(fen) / 100)
    return f"-¥{words}" if fen < 0 and words != "0" else f"¥{words}"


def number(value: float) -> str:
    """A plain number, shortened from 10,000 on.

    >>> number(9876), number(12345), number(3.25), number(0)
    ('9,876', '1.2万', '3.2', '0')
    """
    digits = 1 if abs(value) < 10 and value != int(value) else 0
    return f"{'-' if value < 0 else ''}{_shortened(abs(value), digits)}"


def worded(value: float, unit: str) -> str:
    """The value with its unit, short; in the unit 元 it is money.

    >>> worded(123456, "元"), worded(12, "单")
    ('¥12.3万', '12 单')
    """
    return yuan(value * 100) if unit == "元" else f"{number(value)} {unit}"


def share(part: float, whole: float) -> str:
    """A percentage, harmless in HTML; '0%' of nothing, '＜1%' for what is not nothing.

    >>> share(1, 3), share(1, 1000), share(0, 0)
    ('33%', '＜1%', '0%')
    """
    if whole <= 0 or part <= 0:
        return "0%"
    return "＜1%" if part / whole < 0.01 else f"{part / whole:.0%}"


def _shortened(value: float, digits: int = 0) -> str:
    if round(value / _WAN, 1) >= _WAN:
        return f"{value / _WAN**2:.2f}".rstrip("0").rstrip(".") + "亿"
    if round(value, digits) >= _WAN:
        return f"{value / _WAN:.1f}".removesuffix(".0") + "万"
    return f"{value:,.{digits}f}"
