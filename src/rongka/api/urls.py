"""Addresses of the machine interfaces. `/s/` is the short form that every code carries (`Issuing.status_list_uri`)."""

from django.urls import path

from . import lists, v1

urlpatterns = [
    path("trust-list", lists.serve_trust_list, name="trust-list"),
    path("status-lists", lists.serve_aggregation, name="status-lists"),
    path("status-lists/<int:number>", lists.serve_status_list, name="status-list"),
    path("s/<int:number>", lists.serve_status_list, name="status-list-short"),
    *v1.urls(),
]
