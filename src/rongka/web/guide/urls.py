"""Addresses of the public pages, below /<language>/."""

from django.urls import path

from . import codes, home, notices, rules, steps

app_name = "guide"

urlpatterns = [
    path("", home.show, name="home"),
    path("guide/", steps.show, name="guide"),
    path("guide/<track>/<category>/", steps.show, name="steps"),
    path("rules/", rules.show, name="rules"),
    path("check-code/", codes.check, name="check-code"),
    path("check-notice/", notices.check, name="check-notice"),
]
