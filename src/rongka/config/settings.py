"""Django's settings. Whatever differs between machines comes from the environment, see ``environment``."""

import importlib.util
from pathlib import Path

import rongka
from rongka.config import environment
from rongka.config.environment import Mode, required
from rongka.home import home

PACKAGE = Path(rongka.__file__).parent
MODE = environment.mode()
DEMO = MODE is Mode.DEMO
DEBUG = False  # never: an error page with details would show personal data; errors go to the log

SECRET_KEY = required("SECRET_KEY", in_demo="demo-only-" + "0" * 50)
ALLOWED_HOSTS = required("ALLOWED_HOSTS", in_demo="localhost,127.0.0.1,[::1],testserver").split(",")

# --- What the platform consists of --------------------------------------------------------------------------------

REGISTERS = ["journal", "agencies", "people", "permits", "identity", "cards", "issuance", "inspection"]
ROOMS = ["rongka.web", "rongka.api", "rongka.jobs"]

INSTALLED_APPS = [
    *[f"rongka.registers.{name}.apps.{name.capitalize()}Config" for name in REGISTERS],
    *[room for room in ROOMS if importlib.util.find_spec(room)],
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "axes",
    "procrastinate.contrib.django",
]
AUTH_USER_MODEL = "agencies.Staff"
ROOT_URLCONF = "rongka.config.urls"
WSGI_APPLICATION = "rongka.config.wsgi.application"

MIDDLEWARE = [
    "rongka.config.incidents.incident_middleware",
    "django.middleware.security.SecurityMiddleware",
    "rongka.config.security.content_security_policy_middleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

# --- Data -----------------------------------------------------------------------------------------------------------

DATABASES = {"default": environment.database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Jobs poll: LISTEN/NOTIFY does not pass through PgBouncer, and nothing may rest on it (DESIGN 7).
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "tasks"

# --- Pages ----------------------------------------------------------------------------------------------------------

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates", *sorted((PACKAGE / "web").glob("*/templates"))],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
STATIC_URL = "/static/"
STATIC_ROOT = home() / "static"
STATICFILES_DIRS = [folder for folder in [PACKAGE / "web" / "static"] if folder.is_dir()]
WHITENOISE_USE_FINDERS = DEMO

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "web" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# --- Safety ---------------------------------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
