"""The rules, clause by clause, and the dated values beside them; each with its source and how sure we are."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from rongka.rulebook import RuleId, rule
from rongka.rulebook.parameters import Parameter, ParameterError, parameter, parameters
from rongka.web.audience import Audience, audience


@audience(Audience.PUBLIC)
def show(request: HttpRequest) -> HttpResponse:
    context = {"rules": [rule(rule_id) for rule_id in RuleId], "values": _values_in_force()}
    return render(request, "guide/rules.html", context)


def _values_in_force() -> list[Parameter]:
    today, found = timezone.localdate(), []
    for name in parameters():
        try:
            found.append(parameter(name, on=today))
        except ParameterError:
            # A value that begins later is not in force today.
            continue
    return found
