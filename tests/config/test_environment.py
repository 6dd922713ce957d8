import pytest
from django.core.exceptions import ImproperlyConfigured

from rongka.config import environment
from rongka.config.environment import Mode


@pytest.fixture
def production(monkeypatch):
    monkeypatch.setenv("RONGKA_MODE", "production")


def test_a_checkout_is_a_demo(monkeypatch):
    monkeypatch.delenv("RONGKA_MODE")

    assert environment.mode() is Mode.DEMO


def test_an_installed_package_is_in_production(monkeypatch):
    monkeypatch.delenv("RONGKA_MODE")
    monkeypatch.setattr(environment, "checkout", lambda: None)

    assert environment.mode() is Mode.PRODUCTION


def test_a_misspelt_mode_is_refused(monkeypatch):
    monkeypatch.setenv("RONGKA_MODE", "prod")

    with pytest.raises(ImproperlyConfigured, match="RONGKA_MODE must be one of demo, production"):
        environment.mode()


@pytest.mark.parametrize("name", ["SECRET_KEY", "DATABASE_URL", "ALLOWED_HOSTS"])
@pytest.mark.parametrize("value", ["", "  "])
@pytest.mark.usefixtures("production")
def test_production_demands_its_own_secrets(monkeypatch, name, value):
    monkeypatch.setenv(name, value)

    with pytest.raises(ImproperlyConfigured, match=f"{name} must be set in production"):
        environment.required(name, in_demo="demo")


@pytest.mark.usefixtures("production")
def test_production_refuses_what_every_demo_has(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", " demo-only-0 ")

    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY is the one of the demo"):
        environment.required("SECRET_KEY", in_demo="demo-only-0")


def test_a_demo_may_name_what_every_demo_has(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "demo-only-0")

    assert environment.required("SECRET_KEY", in_demo="demo-only-0") == "demo-only-0"


def test_a_database_address_gives_djangos_entry(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://ann%40b:p%2Fw@db.example:6543/city?sslmode=require")

    entry = environment.database()

    assert entry["NAME"] == "city"
    assert (entry["USER"], entry["PASSWORD"]) == ("ann@b", "p/w")
    assert (entry["HOST"], entry["PORT"]) == ("db.example", "6543")
    assert entry["OPTIONS"] == {"sslmode": "require"}


def test_a_socket_folder_may_be_the_host(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql:///city?host=/var/run/postgresql")

    assert environment.database()["HOST"] == "/var/run/postgresql"


@pytest.mark.parametrize("url", ["sqlite:///x", "postgresql://host", "city"])
def test_another_database_is_refused(monkeypatch, url):
    monkeypatch.setenv("DATABASE_URL", url)

    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL must look like"):
        environment.database()


def test_the_running_application_connects_with_its_own_role(monkeypatch):
    monkeypatch.delenv("RONGKA_DATABASE_OWNER")

    assert "-c role=rongka_app" in environment.database()["OPTIONS"]["options"]
