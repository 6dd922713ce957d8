import pytest
from rongka.rulebook.order import State
pytestmark=[pytest.mark.django_db]
def test_x(holder_at, client):
    holder_at(State.NOTICE_ISSUED)
    r=client.get("/en/wallet/"); print(r.status_code, r.headers)
    print(client.cookies, dict(client.session))
def test_y(holder_at, client, open_page):
    holder_at(State.NOTICE_ISSUED)
    r=client.get("/en/wallet/"); print(r.status_code)
    try:
        page=open_page("/en/wallet/sign-in/")
        print(page.url)
    except Exception as e: print(e)
    try:
        page=open_page("/en/wallet/")
        print(page.url)
    except Exception as e: print(e)
    r=client.get("/en/wallet/"); print(r.status_code, r.headers.get("Location"))
