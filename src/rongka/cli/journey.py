"""``rongka journey``: somebody new goes the whole way, from the application to a card that can be scanned."""

import argparse
import json
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rongka.cli.city.travel import Journey

DESCRIPTION = """\
Somebody who does not exist goes the whole way, by the same commands as at the desks: employer, authority, consulate,
border, two counter officers, holder, system. Makes what is missing: database, agencies, signer, trust anchor.

The answer (--json): steps, each {step, actor, by, at}, with the rule book's codes, in the official order; live_code,
good for 60 seconds, from a key of this command that plays the phone; printed_code of the notice, null with --legacy,
since a switch has no notice; trust_list and status_list, files to give to `rongka verify` (--trust, --status).

With --then cancel or --then suspend the authority does that at the end: status_list is the list after it, and
status_list_before the one before it.
"""


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the subcommand."""
    command = subparsers.add_parser(
        "journey",
        help="take somebody new from the application to a scanned card",
        description=DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("--category", choices=("A", "B", "C"), default="B")
    command.add_argument("--legacy", action="store_true", help="begin with a permit from before the integration")
    command.add_argument("--then", choices=("cancel", "suspend"), help="what the authority does at the end")
    command.add_argument("--json", action="store_true", help="print one JSON object instead of the progress")
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Travel, then print."""
    from rongka.config.environment import Mode, mode
    from rongka.config.ready import ready

    if mode() is not Mode.DEMO:
        return _fail("this instance is in production; people who do not exist have no place in it (RONGKA_MODE=demo)")
    ready()
    from rongka.cli.city.readiness import NotReadyError
    from rongka.cli.city.travel import travel
    from rongka.rulebook.order import Category

    try:
        journey = travel(
            category=Category(arguments.category),
            is_legacy=arguments.legacy,
            then=arguments.then,
            tell=(lambda _line: None) if arguments.json else lambda line: print(line, flush=True),
        )
    except NotReadyError as error:
        return _fail(str(error))
    print(json.dumps(_as_json(journey), ensure_ascii=False) if arguments.json else _as_text(journey))
    return 0


def _as_json(journey: "Journey") -> dict[str, object]:
    answer: dict[str, object] = {
        "steps": [
            {"step": step.code, "actor": str(step.actor), "by": list(step.by), "at": step.at.isoformat()}
            for step in journey.steps
        ],
        "live_code": journey.live_code,
        "printed_code": journey.printed_code,
        "trust_list": str(journey.trust_list),
        "status_list": str(journey.status_list),
    }
    if journey.status_list_before is not None:
        answer["status_list_before"] = str(journey.status_list_before)
    return answer


def _as_text(journey: "Journey") -> str:
    printed = ["", "打印码 Printed code", journey.printed_code] if journey.printed_code else []
    return "\n".join(
        (
            "",
            "亮码（60秒内有效）Live code (good for 60 seconds)",
            journey.live_code,
            *printed,
            "",
            "查验 Judge it:",
            f"  rongka verify --trust {journey.trust_list} --status {journey.status_list} -- CODE",
        )
    )


def _fail(text: str) -> int:
    print(f"rongka journey: {text}", file=sys.stderr)
    return 1
