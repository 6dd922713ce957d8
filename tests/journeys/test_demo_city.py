"""The demo city is seeded when it is first served, and only then; its logins can be asked for again."""

import pytest

from rongka.cli.city.agencies import PASSWORD
from rongka.cli.city.cast import CAST

pytestmark = pytest.mark.xdist_group("served")


def test_the_command_seeds_once_and_prints_the_logins_again(served):
    again = served.run("demo")
    logins = served.run("demo", "logins")

    assert f"{len(CAST)} workers were new" in served.said
    assert "0 workers were new" in again
    assert again.partition("\n\n")[2] == logins
    for shown in (PASSWORD, "authority1", "MÜLLER, ANNA MARIA", "安娜·穆勒", "O'CONNOR", "SUHARJONO", "演示"):
        assert shown in served.said
        assert shown in logins
