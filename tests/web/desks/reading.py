"""What the tests of the desks read off a page."""

import html
import re
from datetime import timedelta

from tests.registers.city import NOW

LATER = NOW + timedelta(minutes=5)


def text_of(response) -> str:
    """Return the page's words, tags and runs of white space left out."""
    page = re.sub(r"<(script|style).*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def confirmed(client, address, data):
    """Send a form, and again from the last look; return the answer to the second."""
    look = client.post(address, data)
    assert look.status_code == 200, text_of(look)
    return client.post(address, data | {"confirm": "1"})


def day(name, year, month, number):
    """Return the three boxes of a date."""
    return {f"{name}_year": str(year), f"{name}_month": str(month), f"{name}_day": str(number)}


def day_of_date(name, date):
    """Return the three boxes, filled with a date."""
    return day(name, date.year, date.month, date.day)


def hidden(response, name):
    """Return the value of a hidden field of the page."""
    return re.search(rf'name="{name}" value="([^"]*)"', response.content.decode()).group(1)
