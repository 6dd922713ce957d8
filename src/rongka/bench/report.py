"""What the bench found, as one JSON object or as a table."""

import platform
from dataclasses import asdict
from typing import Any, Final

from cryptography.hazmat.backends.openssl import backend

from rongka.bench.measuring import Measured, Raw
from rongka.bench.status_lists import StatusFigures

_WIDE: Final = 62


def as_object(
    raw: Raw, found: list[Measured], *, from_node: list[Measured], left_out: dict[str, str], rounds: int
) -> dict[str, Any]:
    """Give ``{raw, cases, left_out, machine}``; `raw` is the median of this process, node has its own."""
    seconds = sorted(case.raw_seconds for case in found)[len(found) // 2]
    return {
        "raw": {"name": raw.name, "microseconds": round(seconds * 1e6, 2), "per_second": round(1 / seconds)},
        "cases": [
            {
                "name": case.name,
                "cost": round(case.cost, 2),
                "per_second": round(1 / case.seconds),
                "peer": case.peer,
            }
            for case in (*found, *from_node)
        ],
        "left_out": left_out,
        "machine": {
            "rounds": rounds,
            "python": platform.python_version(),
            "openssl": backend.openssl_version_text(),
            "processor": platform.machine(),
        },
    }


def as_table(found: dict[str, Any]) -> str:
    """Give the same for people."""
    raw = found["raw"]
    lines = [
        f"{raw['name']}: {raw['microseconds']} µs, {raw['per_second']} a second on one core",
        "",
        f"{'case':<{_WIDE}} {'by':<18} {'cost':>6} {'a second':>9}",
    ]
    lines += [
        f"{case['name']:<{_WIDE}} {case['peer'] or 'rongka':<18} {case['cost']:>6.2f} {case['per_second']:>9}"
        for case in found["cases"]
    ]
    lines += ["", "cost: in raw operations measured in turns with the case; medians, this process's own time"]
    lines += [f"left out: {peer} ({why})" for peer, why in found["left_out"].items()]
    return "\n".join(lines)


def status_as_object(figures: StatusFigures) -> dict[str, Any]:
    """Give the figures of a status list."""
    return asdict(figures)


def status_as_table(figures: StatusFigures) -> str:
    """Give the same for people."""
    return "\n".join(
        [
            f"{figures.entries} entries of two bits, {figures.revoked} revoked",
            f"build and sign             {figures.build_seconds * 1e3:10.1f} ms",
            f"load and verify            {figures.load_seconds * 1e3:10.2f} ms",
            f"look up                    {figures.look_up_seconds * 1e6:10.3f} µs",
            f"change one entry, republish{figures.republish_seconds * 1e3:10.2f} ms",
            f"compressed                 {figures.packed_bytes:10} bytes",
            f"signed list                {figures.token_bytes:10} bytes",
            f"the same after 15 changes  {figures.token_bytes_after_changes:10} bytes",
        ]
    )
