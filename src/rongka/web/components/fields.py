"""How a field of a Django form is drawn: what its template needs, and the errors and answers of a whole form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _

from .parts import Row
from .words import typed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rongka.web.errors import Problem

WIDTHS = (2, 3, 4, 5, 10, 20, 30)  # the widths in characters that govuk-frontend knows
_KINDS: tuple[tuple[type[forms.Widget], str], ...] = (  # the narrower before the wider
    (forms.RadioSelect, "radios"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
    (forms.FileInput, "file"),
    (forms.MultiWidget, "day"),
)


def field_context(bound: forms.BoundField, *, width: int, heading: bool) -> dict[str, Any]:
    """Return what the template of one field needs."""
    kind = kind_of(bound.field.widget)
    described_by = _described_by(bound)
    context = {
        "bound": bound,
        "kind": kind,
        "id": first_id(bound),
        "hint": bound.help_text,
        "errors": list(bound.errors),
        "described_by": described_by,
        "heading": heading,
        "optional": not bound.field.required,
    }
    if kind in {"input", "select", "textarea", "file"}:
        context["control"] = bound.as_widget(attrs=_attributes(bound, kind, width, described_by))
    elif kind in {"radios", "checkboxes"}:
        context["options"] = [option.data for option in bound.subwidgets]
    elif kind == "day":
        widget = bound.field.widget.get_context(bound.html_name, bound.value(), {"id": bound.auto_id})["widget"]
        context["parts"] = list(zip((_("Year"), _("Month"), _("Day")), widget["subwidgets"], (4, 2, 2), strict=True))
    elif kind == "checkbox":
        context["checked"] = bool(bound.value())
    return context


def kind_of(widget: forms.Widget) -> str:
    """Return which drawing a widget gets."""
    return next((kind for known, kind in _KINDS if isinstance(widget, known)), "input")


def listed_errors(form: forms.Form | None, *, without: Iterable[Problem]) -> list[tuple[str, str]]:
    """Return (id of the control, message) for each error of the form that no problem already tells."""
    if form is None or not form.is_bound:
        return []
    told = {problem.field for problem in without if problem.field}
    listed = [("", str(message)) for message in form.non_field_errors()]
    if any(bound.errors for bound in form.hidden_fields()):
        # Nobody typed it, so there is no box to lead to; whoever sent this had an old page, or made it up.
        listed.append(("", _("Something in this form could not be read. Reload the page and try again.")))
    for bound in form.visible_fields():
        if bound.name not in told:
            listed += [
                (first_id(bound), _("%(field)s: %(message)s") % {"field": bound.label, "message": message})
                for message in bound.errors
            ]
    return listed


def answers(form: forms.Form) -> list[Row]:
    """Return the cleaned answers of a valid form as rows for a last look."""
    return [Row(key=str(bound.label), value=_answer(bound, form)) for bound in form.visible_fields()]


def _answer(bound: forms.BoundField, form: forms.Form) -> Any:  # noqa: ANN401 - whatever the field cleans to
    value = form.cleaned_data.get(bound.name)
    if isinstance(bound.field, forms.ChoiceField):
        choices = bound.field.widget.options(bound.html_name, [])
        labels = {str(option["value"]): str(option["label"]) for option in choices}
        chosen = value if isinstance(value, list) else [value]
        return ", ".join(labels.get(str(one), str(one)) for one in chosen)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return typed(value) if isinstance(value, str) else getattr(value, "name", value)


def _attributes(bound: forms.BoundField, kind: str, width: int, described_by: str) -> dict[str, str | bool]:
    css = "govuk-file-upload" if kind == "file" else f"govuk-{kind}"
    classes = f"{css} {css}--error" if bound.errors else css
    if width:
        fitting = min(known for known in WIDTHS if known >= min(width, WIDTHS[-1]))
        classes += f" govuk-input--width-{fitting}"
    attributes: dict[str, str | bool] = {"class": classes}
    if kind == "textarea":
        attributes["rows"] = "4"
    if described_by:
        attributes["aria-describedby"] = described_by
    return attributes


def _described_by(bound: forms.BoundField) -> str:
    ids = []
    if bound.help_text:
        ids.append(f"{bound.auto_id}-hint")
    if bound.errors:
        ids.append(f"{bound.auto_id}-error")
    return " ".join(ids)


def first_id(bound: forms.BoundField) -> str:
    """Return the id of the control that takes the focus: of several, the first."""
    in_parts = kind_of(bound.field.widget) in {"radios", "checkboxes", "day"}
    return f"{bound.auto_id}_0" if in_parts else bound.auto_id
