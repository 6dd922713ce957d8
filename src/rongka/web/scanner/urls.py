"""Addresses of the scanner."""

from django.urls import path

from . import checks, offline, scanning, syncing

app_name = "scanner"
urlpatterns = [
    path("", scanning.scan, name="scan"),
    path("offline/", offline.show, name="offline"),
    path("worker.js", offline.worker, name="worker"),
    path("decoder.js", offline.decoder, name="decoder"),
    path("manifest.webmanifest", offline.manifest, name="manifest"),
    path("sync/", syncing.sync, name="sync"),
    path("checks/", checks.checks, name="checks"),
    path("checks/<uuid:check_id>/", checks.check, name="check"),
    path("checks/<uuid:check_id>/file/", checks.file_check, name="file"),
]
