"""Settings of `midcourse serve --public`: the check-up without a clinic, and nothing else.

There is no database, no session, no sign-in and no message: what is not there keeps nothing.
"""

from midcourse_web.config.settings import *  # noqa: F403
from midcourse_web.config.settings import ROOT

PUBLIC_ONLY = True
INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "csp",
    "midcourse_web.pages",
    "midcourse_web.serving",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "midcourse_web.pages.not_kept.nothing_kept",
]
ROOT_URLCONF = "midcourse_web.config.public_urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "pages" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]
DATABASES = {}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
AUTHENTICATION_BACKENDS = []
AUTH_PASSWORD_VALIDATORS = []
# No form here acts for somebody who is signed in, so there is nothing to forge.
SILENCED_SYSTEM_CHECKS = ["security.W003"]
