"""``rongka bench verify|issue|status|proofing``: how fast on this machine, on one core; exit 1 when a case fails."""

import argparse
import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rongka.bench.town import Town

_ROUNDS = 11
_EXTRAS = {"asn1crypto", "cv2", "numpy"}
_TURNS = {"ahead": (0, 0), "left": (28, 0), "up": (0, 18)}


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the subcommand."""
    command = subparsers.add_parser("bench", help="measure the credential kit and the proofing", description=__doc__)
    command.add_argument("what", choices=("verify", "issue", "status", "proofing"))
    command.add_argument("--json", action="store_true", help="print one JSON object")
    command.add_argument("--rounds", type=int, default=_ROUNDS, help="how often each case is measured, at least 7")
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Measure and print."""
    from rongka.bench.measuring import BenchError, use_one_core
    from rongka.bench.town import Town

    use_one_core()
    if arguments.what == "proofing":
        return _proofing(arguments)
    town = Town(datetime.now(UTC).replace(microsecond=0))
    measure = {"verify": _verify, "issue": _issue, "status": _status}[arguments.what]
    try:
        found, table = measure(town, max(arguments.rounds, 7))
    except BenchError as error:
        return _fail(str(error))
    print(json.dumps(found, ensure_ascii=False) if arguments.json else table)
    return 0


def _proofing(arguments: argparse.Namespace) -> int:
    """Measure what verifies passports and faces, with the demo city's drawn head before the camera."""
    try:
        from rongka.bench.measuring import BenchError
        from rongka.bench.proofing import as_table, measure_proofing
        from rongka.cli.city.drawn_face import drawn_face
        from rongka.proofing.errors import FaceModelsMissing
    except ModuleNotFoundError as error:
        if error.name not in _EXTRAS:
            raise
        return _fail("pip install 'rongka[server,face]'")
    try:
        figures = measure_proofing(
            lambda step: drawn_face(yaw=_TURNS[step][0], pitch=_TURNS[step][1]), rounds=max(arguments.rounds, 7)
        )
    except (BenchError, FaceModelsMissing) as error:
        return _fail(str(error))
    print(json.dumps(asdict(figures), ensure_ascii=False) if arguments.json else as_table(figures))
    return 0


def _fail(text: str) -> int:
    print(f"rongka bench: {text}", file=sys.stderr)
    return 1


def _verify(town: "Town", rounds: int) -> tuple[dict[str, object], str]:
    from rongka.bench import report
    from rongka.bench.measuring import measure
    from rongka.bench.node_peers import measure_node_peers
    from rongka.bench.peers import working_peers
    from rongka.bench.verifying import limit_cases, our_cases, raw_check

    raw = raw_check(town)
    theirs, missing = working_peers(town)
    found = measure([*our_cases(town), *limit_cases(town), *theirs], raw=raw, rounds=rounds)
    from_node, missing_from_node = measure_node_peers(town, rounds=rounds)
    answer = report.as_object(raw, found, from_node=from_node, left_out=missing | missing_from_node, rounds=rounds)
    return answer, report.as_table(answer)


def _issue(town: "Town", rounds: int) -> tuple[dict[str, object], str]:
    from rongka.bench import report
    from rongka.bench.issuing import issuing_cases, raw_signature
    from rongka.bench.measuring import measure

    raw = raw_signature(town)
    found = measure([*issuing_cases(town)], raw=raw, rounds=rounds)
    answer = report.as_object(raw, found, from_node=[], left_out={}, rounds=rounds)
    return answer, report.as_table(answer)


def _status(town: "Town", _rounds: int) -> tuple[dict[str, object], str]:
    from rongka.bench import report
    from rongka.bench.status_lists import measure_status_lists

    figures = measure_status_lists(town)
    return report.status_as_object(figures), report.status_as_table(figures)
