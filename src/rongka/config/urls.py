"""Addresses: pages carry their language, machine interfaces do not."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from rongka.config.health import healthz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("", include("rongka.api.urls")),
    *i18n_patterns(path("", include("rongka.web.urls")), prefix_default_language=True),
]

handler500 = "rongka.config.incidents.server_error"
