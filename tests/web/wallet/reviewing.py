"""The officer who reviews what a holder handed in: opens the case at the desk, which shows the pictures; decides."""

from django.test import Client

from rongka.registers.agencies.models import Staff
from tests.web.desks.reading import confirmed


def review(officer, proof_id, **decision):
    """Open the case, send the decision, and again from the last look."""
    desk, address = Client(), f"/en/desk/reviews/{proof_id}/"
    desk.force_login(Staff.objects.get(id=officer.staff_id), backend="django.contrib.auth.backends.ModelBackend")
    assert desk.get(address).status_code == 200
    assert confirmed(desk, f"{address}decide/", decision).status_code == 302
