"""The guide: the steps of the order for one category on one track, as the rule book has them today."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from rongka.rulebook.guide import GuideItem, GuideStep, guide
from rongka.rulebook.order import Category, Track
from rongka.rulebook.sources import Source
from rongka.text import Text
from rongka.web.audience import Audience, audience

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Choice:
    """One category or track to choose, and the address of its guide."""

    title: Text
    href: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One step of the guide and every source that speaks in it, each once."""

    step: GuideStep
    sources: Sequence[Source]


@audience(Audience.PUBLIC)
def show(request: HttpRequest, track: str = Track.OVERSEAS, category: str = Category.A) -> HttpResponse:
    chosen = _chosen(track, category)
    if chosen is None:
        raise Http404
    way, kind = chosen
    found = guide(category=kind, track=way, on=timezone.localdate())
    context = {
        "guide": found,
        "tracks": [Choice(one.title, _address(one, kind), one is way) for one in Track],
        "categories": [Choice(one.title, _address(way, one), one is kind) for one in Category],
        "steps": [_entry(step) for step in found.steps],
        "beside": [_entry(step) for step in found.beside],
    }
    return render(request, "guide/steps.html", context)


def _chosen(track: str, category: str) -> tuple[Track, Category] | None:
    try:
        return Track(track), Category(category.upper())
    except ValueError:
        return None


def _address(track: Track, category: Category) -> str:
    return reverse("guide:steps", args=[track.value, category.value.lower()])


def _entry(step: GuideStep) -> Entry:
    items: list[GuideItem] = [*step.papers, *step.times, *step.results, *step.notes]
    return Entry(step=step, sources=list(dict.fromkeys([step.source, *(item.source for item in items)])))
