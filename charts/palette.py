"""The one set of colours of all pictures, and the measures that keep it readable.

Two colours carry meaning, blue (fine) and orange (look here), the pair that every kind of colour vision tells apart;
grey stands for 'no statement'. Texts are INK or MUTED on PAPER, or one of the three meaning colours.
"""

import math
from typing import Final

PAPER: Final = "#FFFFFF"
INK: Final = "#1B2733"
MUTED: Final = "#52606D"
STABLE: Final = "#1B5FAA"
AT_RISK: Final = "#B8430A"
NEUTRAL: Final = "#5F6B78"
TRACK: Final = "#EDF1F5"
"""Ground under a bar."""
BAND: Final = "#DCE9F7"
"""Normal range behind a line."""
WARM: Final = "#FDF0E7"
"""Ground of a callout about risk."""

HEAT: Final = ("#EDF1F5", "#D3E4F6", "#B3D0EF", "#90BAE7", "#6FA5DE")
"""Nothing to most; INK is readable on each."""

TEXTS: Final = (INK, MUTED, STABLE, AT_RISK, NEUTRAL)
SERIES: Final = (STABLE, AT_RISK, NEUTRAL)

# Machado, Oliveira & Fernandes, IEEE TVCG 15(6), 2009, table for deuteranomaly of severity 1.0, on linear RGB.
_DEUTERANOPIA = (
    (0.367322, 0.860646, -0.227968),
    (0.280085, 0.672501, 0.047413),
    (-0.011820, 0.042940, 0.968881),
)
# IEC 61966-2-1 (sRGB), linear RGB to XYZ, D65.
_XYZ = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))
_WHITE = (0.95047, 1.0, 1.08883)

Triple = tuple[float, float, float]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21. Source: WCAG 2.2, definition of contrast ratio.

    >>> contrast("#000000", "#FFFFFF")
    21.0
    """
    light, dark = sorted((_product(_XYZ, _linear(colour))[1] for colour in (one, other)), reverse=True)
    return round((light + 0.05) / (dark + 0.05), 2)


def distance(one: str, other: str, *, deuteranopia: bool = False) -> float:
    """CIE 1976 colour difference in L*a*b*, as seen without (default) or with simulated deuteranopia."""
    first, second = (_lab(_seen(colour, deuteranopia)) for colour in (one, other))
    return math.dist(first, second)


def _linear(colour: str) -> Triple:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return _channel(red), _channel(green), _channel(blue)


def _channel(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def _product(matrix: tuple[Triple, Triple, Triple], vector: Triple) -> Triple:
    first, second, third = (sum(m * v for m, v in zip(row, vector, strict=True)) for row in matrix)
    return first, second, third


def _seen(colour: str, deuteranopia: bool) -> Triple:
    linear = _product(_DEUTERANOPIA, _linear(colour)) if deuteranopia else _linear(colour)
    red, green, blue = (min(1.0, max(0.0, value)) for value in linear)
    return red, green, blue


def _lab(linear: Triple) -> Triple:
    """L*a*b*. Source: CIE 15:2004, section 8.2.1."""
    ratios = (value / white for value, white in zip(_product(_XYZ, linear), _WHITE, strict=True))
    x, y, z = (ratio ** (1 / 3) if ratio > (6 / 29) ** 3 else ratio / (3 * (6 / 29) ** 2) + 4 / 29 for ratio in ratios)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)
