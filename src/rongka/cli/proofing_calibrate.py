"""``rongka proofing calibrate FOLDER``: what thresholds for faces do with an operator's own labelled pictures.

Nothing is kept: templates are gone when the command ends. It needs `rongka[face]`, and neither server nor database.
"""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from rongka.proofing.face.calibration import Row, Scores

_SHOWN: Final = range(20, 71, 5)  # hundredths
_NO_MODELS: Final = {"cv2", "numpy"}
_NOTE: Final = (
    "The intervals take all pairs as independent. Pairs that share a person or a camera are not, so the true ones are "
    "wider:\ncount persons before pairs. These rates hold for people and cameras like those in the folder, and for no "
    "others."
)


def add_calibrate(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `calibrate` to the actions of `rongka proofing`."""
    command = subparsers.add_parser(
        "calibrate", help="what thresholds do with your own labelled pictures", description=__doc__
    )
    command.add_argument(
        "folder", type=Path, metavar="FOLDER", help="one folder a person; portrait.* is the document's"
    )
    command.add_argument("--json", action="store_true", help="print one JSON object")
    command.add_argument("--plot", type=Path, metavar="FILE", help="write the curves as SVG")
    command.add_argument("--fmr", type=float, default=0.001, help="the share of other people who may match")
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Compare, and print what came of it."""
    from rongka.proofing.errors import FaceModelsMissing

    try:
        found, rows = _measure(arguments)
    except ModuleNotFoundError as error:
        if error.name not in _NO_MODELS:
            raise
        return _fail("pip install 'rongka[face]'")
    except FaceModelsMissing as error:
        return _fail(f"{error.text.zh} {error.text.en} pip install 'rongka[face]'")
    except (OSError, ValueError) as error:
        return _fail(str(error))
    if arguments.plot:
        arguments.plot.write_text(_drawn(found, rows), encoding="utf-8")
    print(json.dumps(found, ensure_ascii=False) if arguments.json else _as_table(found))
    return 0


def _measure(arguments: argparse.Namespace) -> "tuple[dict[str, Any], list[Row]]":
    from rongka.proofing.face.calibration import lowest_for, pairs_needed, scores_in, table
    from rongka.proofing.face.engine import FaceEngine

    if not 0 < arguments.fmr < 1:
        raise ValueError("--fmr is a share between 0 and 1")
    engine = FaceEngine.load()
    scores = scores_in(arguments.folder, engine=engine)
    rows = table(scores)
    lowest = lowest_for(rows, fmr=arguments.fmr)
    found = _figures(scores) | {
        "model_hashes": engine.model_hashes,
        "fmr_wanted": arguments.fmr,
        "threshold": lowest and lowest.threshold,
        "pairs_needed": pairs_needed(arguments.fmr),
        "rows": [asdict(row) for row in rows],
    }
    return found, rows


def _figures(scores: "Scores") -> dict[str, Any]:
    return {
        "persons": scores.persons,
        "genuine_pairs": len(scores.genuine),
        "impostor_pairs": len(scores.impostor),
        "lowest_genuine": round(min(scores.genuine), 4),
        "highest_impostor": round(max(scores.impostor), 4),
        "unusable": scores.unusable,
    }


def _as_table(found: dict[str, Any]) -> str:
    lines = [
        f"{found['persons']} persons",
        f"{found['genuine_pairs']} pairs of one person, lowest {found['lowest_genuine']}",
        f"{found['impostor_pairs']} pairs of two, highest {found['highest_impostor']}",
        f"{len(found['unusable'])} pictures without exactly one face: {', '.join(found['unusable']) or 'none'}",
        "",
        "threshold      FMR  (95 % interval)           FNMR  (95 % interval)",
        *(_line(row) for row in found["rows"] if round(row["threshold"] * 100) in _SHOWN),
        "",
        _advice(found),
        _NOTE,
    ]
    return "\n".join(lines)


def _line(row: dict[str, Any]) -> str:
    return f"{row['threshold']:9.2f} {_rate(row['fmr'])}   {_rate(row['fnmr'])}"


def _rate(rate: dict[str, Any]) -> str:
    return f"{rate['count'] / rate['total']:8.3%}  ({rate['low']:7.3%} to {rate['high']:7.3%})"


def _advice(found: dict[str, Any]) -> str:
    wanted = f"{found['fmr_wanted']:.4%}"
    if found["threshold"] is None:
        return f"These pairs carry no FMR of {wanted}: it takes at least {found['pairs_needed']} pairs of two persons."
    return f"Lowest threshold whose FMR is at most {wanted} with its whole interval: {found['threshold']:.2f}"


def _drawn(found: dict[str, Any], rows: "list[Row]") -> str:
    from rongka.proofing.face.plot import as_svg
    from rongka.proofing.face.results import Thresholds

    title = f"{found['persons']} persons, {found['genuine_pairs']} + {found['impostor_pairs']} pairs"
    usual = Thresholds()
    return as_svg(rows, title=title, marks=[(usual.review_at, "review"), (usual.pass_at, "pass")])


def _fail(text: str) -> int:
    print(f"rongka proofing calibrate: {text}", file=sys.stderr)
    return 1
