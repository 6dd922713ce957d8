"""How a desk carries out a command: once per form that was sent, and rehearsed before the last look."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from rongka.registers.journal.commands import once
from rongka.web.audience import actor_of
from rongka.web.forms import form_page, key_of

Command = Callable[..., UUID]
Arguments = Callable[[dict[str, Any]], dict[str, Any]]


def perform(request: HttpRequest, command: Command, **arguments: object) -> UUID:
    """Carry out a command as the member of staff; the same form sent twice does its work once."""
    key = key_of(request) or str(uuid4())
    result = once(command, actor=actor_of(request), at=timezone.now(), key=key, **arguments)
    if result is None:
        msg = f"{command.__name__} gave nothing to show"
        raise TypeError(msg)
    return result


def rehearse(request: HttpRequest, command: Command, **arguments: object) -> None:
    """Carry out a command and undo all of it: whoever gets a last look knows that it can be done."""
    with transaction.atomic():
        command(actor=actor_of(request), at=timezone.now(), **arguments)
        transaction.set_rollback(True)


def command_page(
    request: HttpRequest,
    *,
    form: type[forms.Form],
    template: str,
    command: Command,
    arguments: Arguments,
    then: Callable[[UUID], str],
    check_template: str = "",
    context: Mapping[str, Any] | None = None,
    initial: dict[str, Any] | None = None,
) -> HttpResponse:
    """Show the form of one command and carry it out; `arguments` makes the command's out of the cleaned form."""

    def carry_out(sent: forms.Form) -> HttpResponse:
        return HttpResponseRedirect(then(perform(request, command, **arguments(sent.cleaned_data))))

    def try_first(sent: forms.Form) -> None:
        rehearse(request, command, **arguments(sent.cleaned_data))

    return form_page(
        request,
        form=form,
        template=template,
        check_template=check_template,
        rehearse=try_first,
        carry_out=carry_out,
        context=context,
        initial=initial,
    )
