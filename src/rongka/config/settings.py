"""Django's settings. Whatever differs between machines comes from the environment, see ``environment``."""

import os
from datetime import timedelta
from pathlib import Path

import rongka
from rongka.config import environment
from rongka.config.environment import Mode, required
from rongka.home import home

PACKAGE = Path(rongka.__file__).parent
MODE = environment.mode()
DEMO = MODE is Mode.DEMO
BEHIND_PROXY = os.environ.get("RONGKA_BEHIND_PROXY") == "1"  # then, and only then, X-Forwarded-* is believed
DEBUG = False  # never: an error page with details would show personal data; errors go to the log

SECRET_KEY = required("SECRET_KEY", in_demo="demo-only-" + "0" * 50)
ALLOWED_HOSTS = required("ALLOWED_HOSTS", in_demo="localhost,127.0.0.1,[::1],testserver").split(",")

# --- What the platform consists of --------------------------------------------------------------------------------

REGISTERS = ["journal", "agencies", "people", "permits", "evidence", "identity", "cards", "issuance", "inspection"]
INSTALLED_APPS = [
    *[f"rongka.registers.{name}.apps.{name.capitalize()}Config" for name in REGISTERS],
    "rongka.web",
    "rongka.api",
    "rongka.jobs",
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
    "rongka.config.security.headers_middleware",
    "django.middleware.security.SecurityMiddleware",
    "rongka.config.security.limits_middleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
    "rongka.web.errors.ProblemMiddleware",
]

# --- Data -----------------------------------------------------------------------------------------------------------

DATABASES = {"default": environment.database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Jobs poll: LISTEN/NOTIFY does not pass through PgBouncer, and nothing may rest on it (DESIGN 7).
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "tasks"

# --- Issuing --------------------------------------------------------------------------------------------------------

# Where this city's lists are found; it stands in every code, so it is chosen once.
PUBLIC_URL = required("PUBLIC_URL", in_demo="https://sh.rongka.example").rstrip("/")
# What pages and jobs call for the signer, the pinned anchor and the trust list; they may not import this folder.
RONGKA_ISSUING = "rongka.config.issuing.issuing"
RONGKA_ANCHOR = "rongka.config.issuing.anchor"
RONGKA_TRUST_LIST = "rongka.config.issuing.signed_trust_list"
# Likewise what tells whether a passport is genuine and a face is its holder's, and the key for keys of images.
RONGKA_DOCUMENT_VERIFIER = "rongka.config.proofing.document_verifier"
RONGKA_PERSON_VERIFIER = "rongka.config.proofing.person_verifier"
RONGKA_KEY_WRAP = "rongka.config.proofing.key_wrap"
RONGKA_PROCESSOR = "rongka.config.provider.processor"  # whom a consent must name

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
            # The parts that every page is made of need no {% load %}.
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "rongka.web.components.tags",
                "rongka.web.layout.tags",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
STATIC_URL = "/static/"
# In production ``rongka serve`` collects the files under names that hold their hash; a demo serves them where they are.
STATIC_ROOT = None if DEMO else home() / "static"
STATICFILES_DIRS = [PACKAGE / "web" / "static"]
WHITENOISE_USE_FINDERS = DEMO
if not DEMO:
    STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }

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
LOGIN_URL = "/"
# A demo lets its visitors in by number and name; elsewhere that is not enough (ADR 5).
RONGKA_NAME_ALONE_SIGNS_IN = DEMO
CSRF_FAILURE_VIEW = "rongka.web.errors.csrf_failure"

# Five wrong passwords lock this name from this address: a stranger cannot lock an officer out from elsewhere.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_CLIENT_IP_CALLABLE = "rongka.config.security.client_address"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
# Tries while locked do not count, so that the clock time that the page names stays true.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_CALLABLE = "rongka.web.desks.signing.locked_out"

SESSION_COOKIE_AGE = 8 * 60 * 60  # a working day
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not DEMO  # a demo has no TLS
SECURE_SSL_REDIRECT = not DEMO
SECURE_HSTS_SECONDS = 0 if DEMO else 365 * 24 * 60 * 60
SECURE_REFERRER_POLICY = "same-origin"
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # load balancers ask without TLS
X_FRAME_OPTIONS = "DENY"
if BEHIND_PROXY:
    # Only a proxy that always sets this header may be trusted with it, hence the switch.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if not DEMO else []

DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024  # bytes of a form without its files: our longest has some kilobytes
# A file that comes in is held in memory alone, for some show faces and passports. As `config.security.MAX_BODY`.
FILE_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
DATA_UPLOAD_MAX_NUMBER_FILES = 6  # a chip: EF.SOD, four data groups, its answer

# --- Log: to the standard error stream, by incident, without personal data ------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"incident": {"()": "rongka.config.logs.IncidentFilter"}},
    "formatters": {
        "line": {
            "()": "rongka.config.logs.DiscreetFormatter",
            "format": "{asctime} {levelname} {name} [{incident}] {message}",
            "style": "{",
        },
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["incident"]}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "level": "INFO", "propagate": True},
        # A 4xx is an answer, not an event: its line would only repeat the address.
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},  # anybody can send one, with a traceback each
        "procrastinate": {"level": "WARNING"},
        "axes": {"level": "WARNING"},
    },
}
