"""The settings of one installation, from its environment.

PFS_HOME       the folder of state (pfs-home here, if it is not said)
PFS_MODE       demo (a labelled, made-up county on this machine), production, or test
PFS_DATABASE   postgresql://user:password@host/name; SQLite in PFS_HOME, if it is not said
PFS_HOSTS      the names under which the site is reached, with commas between
PFS_TIME_ZONE  the jurisdiction's zone (America/Los_Angeles, if it is not said)
PFS_SIGN_IN    a JSON file of OpenID Connect and SAML providers, as django-allauth reads them
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from payforsuccess.web import home

MODE = os.environ.get("PFS_MODE", "demo")
if MODE not in ("demo", "production", "test"):
    raise ImproperlyConfigured(f"PFS_MODE is {MODE}; write demo, production or test.")
IS_PRODUCTION = MODE == "production"
IS_DEMO = MODE == "demo"

HOME = home.home_folder()
DEALS = HOME / "deals"
WEB = Path(__file__).parent

DEBUG = False
SECRET_KEY = home.secret(HOME, "session.key", make=not IS_PRODUCTION)
# The first locks what is written, the others open what was locked before a rotation.
FIELD_KEYS = home.secret(HOME, "fields.key", make=not IS_PRODUCTION).split()
INDEX_KEY = home.secret(HOME, "index.key", make=not IS_PRODUCTION)
ALLOWED_HOSTS = [name for name in os.environ.get("PFS_HOSTS", "").split(",") if name] or (
    [] if IS_PRODUCTION else ["localhost", "127.0.0.1", "[::1]", "testserver"]
)
CSRF_TRUSTED_ORIGINS = [f"https://{name}" for name in ALLOWED_HOSTS] if IS_PRODUCTION else []

DATABASES = {"default": home.database(os.environ.get("PFS_DATABASE"), HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"

INSTALLED_APPS = [
    "payforsuccess.web.ui",
    "payforsuccess.web.audit",
    "payforsuccess.web.accounts",
    "payforsuccess.web.initiatives",
    "payforsuccess.web.people",
    "payforsuccess.web.referrals",
    "payforsuccess.web.payments.apps.PaymentsConfig",
    "payforsuccess.web.amendments",
    "payforsuccess.web.investor",
    "payforsuccess.web.jobs",
    "payforsuccess.web.desk",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.socialaccount.providers.saml",
    "axes",
    "csp",
]
if not IS_PRODUCTION:
    INSTALLED_APPS.append("payforsuccess.web.demo")
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "payforsuccess.web.accounts.middleware.renew_session",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "payforsuccess.web.accounts.middleware.private_pages",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "payforsuccess.web.accounts.middleware.complete_account",
    "payforsuccess.web.accounts.middleware.hand_over",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "payforsuccess.web.urls"
WSGI_APPLICATION = "payforsuccess.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "payforsuccess.web.accounts.context.page",
            ],
        },
    }
]
FORM_RENDERER = "payforsuccess.web.ui.forms.Renderer"

# Signing in ---------------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    # No other beside it that looks at passwords: each takes as long again for a wrong one.
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "payforsuccess.web.accounts.sign_in.Adapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_SESSION_REMEMBER = False
# Failures of an account are counted by axes, below; here they would be counted whoever made them,
# and whoever knows a name could shut its holder out.
SIGN_IN_LIMITS = {"login_failed": "10/m/ip"}
ACCOUNT_RATE_LIMITS: dict[str, str] | bool = SIGN_IN_LIMITS
# Who sees people, moves money or gives roles; a made-up county has nobody to protect.
IS_SECOND_FACTOR_REQUIRED = IS_PRODUCTION
MFA_ADAPTER = "payforsuccess.web.accounts.factors.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
SOCIALACCOUNT_ADAPTER = "payforsuccess.web.accounts.outside.Adapter"
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_PROVIDERS = (
    json.loads(Path(path).read_text("utf-8")) if (path := os.environ.get("PFS_SIGN_IN")) else {}
)
# Five failures lock an account from an address for half an hour (CJIS Security Policy 5.5.3).
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.5
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "payforsuccess.web.accounts.sign_in.account_of"
AXES_CLIENT_IP_CALLABLE = "payforsuccess.web.accounts.sign_in.address_of"
# One proxy, which writes into X-Forwarded-For from where it was called (the page on installing).
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if IS_PRODUCTION else 0
AXES_SENSITIVE_PARAMETERS = ["login", "username"]
AXES_LOCKOUT_TEMPLATE = "ui/locked_out.html"
AXES_RESET_ON_SUCCESS = True

# A desk in a jail or a court is shared: half an hour without a page signs out. Each page renews the
# session (accounts.middleware.renew_session); what a page asks for by itself does not.
SESSION_COOKIE_AGE = 30 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "payforsuccess.web.ui.errors.not_signed"

# What a browser may do ----------------------------------------------------------------------------

X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}
if IS_PRODUCTION:
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    LANGUAGE_COOKIE_SECURE = True

# Words, days, files -------------------------------------------------------------------------------

LANGUAGE_CODE = "en-us"
LANGUAGES = [("en-us", "English"), ("es", "Español")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = os.environ.get("PFS_TIME_ZONE", "America/Los_Angeles")
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": HOME / "uploads"},
    },
    "staticfiles": {
        "BACKEND": (
            "whitenoise.storage.CompressedManifestStaticFilesStorage"
            if IS_PRODUCTION
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        )
    },
}
WHITENOISE_USE_FINDERS = not IS_PRODUCTION
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
if MODE == "test":
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    AXES_ENABLED = False
    ACCOUNT_RATE_LIMITS = False
    LOGGING["root"] = {"handlers": ["console"], "level": "ERROR"}
