import json

import pytest

from rongka.cli.__main__ import main
from rongka.rulebook import RuleId


def test_the_check_reports_what_it_walked_and_no_violation(capsys):
    code = main(["rules", "check", "--json"])

    report = json.loads(capsys.readouterr().out)
    assert code == 0
    assert report["violations"] == []
    assert report["states"] == 19
    assert report["triples"] == 4256


def test_the_check_without_a_rule_exits_1_and_names_it(capsys):
    code = main(["rules", "check", "--json", "--without", "entry.original-notice"])

    report = json.loads(capsys.readouterr().out)
    assert code == 1
    assert "entry.original-notice" in {violation["rule"] for violation in report["violations"]}


def test_the_check_without_an_unknown_rule_exits_2_and_lists_the_rules(capsys):
    code = main(["rules", "check", "--without", "entry.nothing"])

    assert code == 2
    assert all(rule_id.value in capsys.readouterr().err for rule_id in [RuleId.ORDER_FIXED])


@pytest.mark.parametrize(("language", "words"), [("zh", "缺一不可"), ("en", "neither may be missing")])
def test_a_rule_is_explained_in_the_language_asked_for(capsys, language, words):
    code = main(["rules", "explain", "entry.original-notice", "--lang", language])

    assert code == 0
    assert words in capsys.readouterr().out


@pytest.mark.parametrize("name", ["claim-card", "issue-physical-permit"])
def test_an_event_is_explained(capsys, name):
    assert main(["rules", "explain", name]) == 0
    assert name in capsys.readouterr().out


def test_without_a_name_everything_that_can_be_explained_is_listed(capsys):
    assert main(["rules", "explain"]) == 0

    shown = capsys.readouterr().out
    assert all(rule_id.value in shown for rule_id in RuleId)


def test_an_unknown_name_exits_2(capsys):
    assert main(["rules", "explain", "nothing"]) == 2
    assert "claim-card" in capsys.readouterr().err
