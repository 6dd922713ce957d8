"""Addresses of the pages; every one is below its language. Each room names its own."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

ROOMS = {"": "guide", "wallet/": "wallet", "desk/": "desks", "scan/": "scanner"}

urlpatterns: list[URLPattern | URLResolver] = [
    path(prefix, include(f"rongka.web.{room}.urls"))
    for prefix, room in ROOMS.items()
    if find_spec(f"rongka.web.{room}") and find_spec(f"rongka.web.{room}.urls")
]
