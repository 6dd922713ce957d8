"""The rates of a calibration as a picture: FMR and FNMR over the threshold, each with its 95 % band. Plain SVG."""

import math
from collections.abc import Callable, Sequence
from typing import Final

from rongka.proofing.face.calibration import Rate, Row

_WIDE, _HIGH = 720, 440
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 20, 46, 60
_DECADES: Final = 4  # down to one in ten thousand
_FMR, _FNMR = "#a8322a", "#1f5fa8"


def as_svg(rows: Sequence[Row], *, title: str, marks: Sequence[tuple[float, str]] = ()) -> str:
    """Draw the rates of rows from threshold 0 to 1; `marks` are thresholds with their names."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE} {_HIGH}" font-family="sans-serif">',
        f"<title>{title}</title>",
        f'<rect width="{_WIDE}" height="{_HIGH}" fill="#fff"/>',
        _words(_LEFT, 18, title, size=14),
        *_axes(),
        *(part for mark in marks for part in _mark(*mark)),
        *_curve(rows, lambda row: row.fmr, _FMR),
        *_curve(rows, lambda row: row.fnmr, _FNMR, dashes="7 4"),
        _words(_LEFT, 36, "FMR: other people who match", colour=_FMR),
        _words(_LEFT + 210, 36, "FNMR: people who do not match their own portrait (dashed)", colour=_FNMR),
        "</svg>",
    ]
    return "\n".join(parts)


def _x(threshold: float) -> float:
    return _LEFT + threshold * (_WIDE - _LEFT - _RIGHT)


def _y(share: float) -> float:
    """Place a share on a scale of powers of ten; what is smaller lies on its ground."""
    depth = min(float(_DECADES), -math.log10(share)) if share > 0 else _DECADES
    return _TOP + depth / _DECADES * (_HIGH - _TOP - _BOTTOM)


def _curve(rows: Sequence[Row], rate: Callable[[Row], Rate], colour: str, *, dashes: str = "none") -> list[str]:
    upper = [f"{_x(row.threshold):.1f},{_y(rate(row).high):.1f}" for row in rows]
    lower = [f"{_x(row.threshold):.1f},{_y(rate(row).low):.1f}" for row in reversed(rows)]
    line = [f"{_x(row.threshold):.1f},{_y(rate(row).share):.1f}" for row in rows]
    drawn = f'fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dashes}"'
    return [
        f'<polygon points="{" ".join(upper + lower)}" fill="{colour}" fill-opacity="0.15"/>',
        f'<polyline points="{" ".join(line)}" {drawn}/>',
    ]


def _axes() -> list[str]:
    bottom = _HIGH - _BOTTOM
    shares = [10.0**-power for power in range(_DECADES + 1)]
    grid = [_line(_LEFT, _y(share), _WIDE - _RIGHT, _y(share)) for share in shares]
    labels = [
        _words(_LEFT - 8, _y(share) + 4, f"{share:.4%}".rstrip("0%").rstrip(".") + " %", anchor="end")
        for share in shares
    ]
    ticks = [_words(_x(tenth / 10), bottom + 18, f"{tenth / 10:.1f}", anchor="middle") for tenth in range(11)]
    return [*grid, *labels, *ticks, _words(_x(0.5), bottom + 40, "threshold (cosine)", anchor="middle")]


def _mark(threshold: float, name: str) -> list[str]:
    x, bottom = _x(threshold), _HIGH - _BOTTOM
    return [_line(x, _TOP, x, bottom, colour="#444"), _words(x + 4, bottom - 6, name)]


def _line(x1: float, y1: float, x2: float, y2: float, *, colour: str = "#ddd") -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}"/>'


def _words(x: float, y: float, words: str, *, anchor: str = "start", colour: str = "#222", size: int = 12) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}" font-size="{size}">{words}</text>'
