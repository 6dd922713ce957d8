"""``rongka rules check|explain``: hold the rule book against the guide; show a rule or an event in words."""

import argparse
import json
import sys

OK = 0
VIOLATED = 1
UNKNOWN = 2


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the subcommand with its two actions."""
    command = subparsers.add_parser("rules", help="check the rule book, or explain a rule")
    actions = command.add_subparsers(metavar="ACTION", required=True)
    check = actions.add_parser("check", help="walk every state and hold every answer against the guide's statements")
    check.add_argument("--json", action="store_true", help="write the report for a machine")
    check.add_argument("--without", metavar="RULE", action="append", default=[], help="take this rule out; must fail")
    check.set_defaults(run=run_check)
    explain = actions.add_parser("explain", help="show a rule or an event in words; without a name, list them")
    explain.add_argument("name", metavar="RULE|EVENT", nargs="?")
    explain.add_argument("--lang", choices=["zh", "en"], default="en", help="language (default: en)")
    explain.set_defaults(run=run_explain)


def run_check(arguments: argparse.Namespace) -> int:
    """Check, report, and exit 1 on violations."""
    from rongka.rulebook import RuleId, RuleSet
    from rongka.rulebook.check import check_rules

    known = {rule_id.value for rule_id in RuleId}
    unknown = [name for name in arguments.without if name not in known]
    if unknown:
        return _complain(f"No rule of the name {', '.join(unknown)}. The rules are:", sorted(known))
    report = check_rules(rules=RuleSet(without=frozenset(RuleId(name) for name in arguments.without)))
    if arguments.json:
        print(json.dumps(report.as_json(), ensure_ascii=False, indent=2))
    else:
        print(report.as_words())
    return VIOLATED if report.violations else OK


def run_explain(arguments: argparse.Namespace) -> int:
    """Explain one rule or event, or list them all."""
    from rongka.rulebook import RuleId
    from rongka.rulebook.explain import explain, explain_all
    from rongka.rulebook.vocabulary import Event

    if arguments.name is None:
        print(explain_all(language=arguments.lang))
        return OK
    known = [*(rule_id.value for rule_id in RuleId), *(event.value for event in Event)]
    if arguments.name not in known:
        return _complain(f"No rule or event of the name {arguments.name}. There are:", known)
    print(explain(arguments.name, language=arguments.lang))
    return OK


def _complain(message: str, names: list[str]) -> int:
    print(message, file=sys.stderr)
    for name in names:
        print(f"  {name}", file=sys.stderr)
    return UNKNOWN
