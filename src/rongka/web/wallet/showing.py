"""How the wallet shows what is on record: names, numbers, and words in the language that they were typed in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.html import format_html

from rongka.credential import mask_number
from rongka.proofing.display import display_name, mask_name
from rongka.registers.agencies.queries import agencies_of_kind
from rongka.web.components.words import EN, ZH

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from rongka.registers.agencies.permissions import Kind
    from rongka.registers.people.queries import PersonCard
    from rongka.text import Text

_CHINESE = re.compile(r"[\u3400-\u9fff]")
_MRZ_NAME = slice(5, 44)  # ICAO 9303-4: the name stands from position 6 to the end of the first line


@dataclass(frozen=True, slots=True)
class Place:
    """Where to go or whom to ask."""

    name: Text
    where: SafeString


def places(kind: Kind) -> list[Place]:
    """Return the agencies of a kind, for a page that sends somebody there."""
    return [Place(agency.name, typed(agency.place)) for agency in agencies_of_kind(kind)]


def typed(words: str) -> SafeString:
    """Mark the language of what somebody typed, so that it is read out and set right."""
    return format_html('<span lang="{}">{}</span>', ZH if _CHINESE.search(words) else EN, words)


def number(text: str) -> SafeString:
    """Show a number that people copy."""
    return format_html('<span class="rk-number" translate="no">{}</span>', text)


def name(text: str) -> SafeString:
    """Show a name, which is never translated."""
    return format_html('<span class="rk-name" translate="no">{}</span>', text)


def printed_name(person: PersonCard, *, masked: bool = False) -> str:
    """Return the name as the passport prints it, or its mask."""
    printed = display_name(surname=person.surname, given_names=person.given_names)
    return mask_name(printed) if masked else printed


def machine_name(person: PersonCard, *, masked: bool = False) -> str:
    """Return the name as the passport's machine-readable zone has it, or its mask."""
    filled = person.mrz[_MRZ_NAME].rstrip("<")
    return mask_name(filled.replace("<", " ")) if masked else filled


def shown_number(text: str, *, masked: bool = False) -> SafeString:
    """Show a number, or its mask."""
    return number(mask_number(text) if masked else text)
