"""The application's own settings, on a database of the tests and in a home folder of their own."""

import os
import tempfile

os.environ["MIDCOURSE_HOME"] = tempfile.mkdtemp(prefix="midcourse-tests-")

from midcourse_web.config.settings import *  # noqa: F403
from midcourse_web.config.settings import DATABASES, MIDDLEWARE

if os.environ.get("MIDCOURSE_TEST_DATABASE"):
    from midcourse_web.config.databases import databases
    from midcourse_web.config.home import ClinicSettings, home

    DATABASES = databases(ClinicSettings(database=os.environ["MIDCOURSE_TEST_DATABASE"]), home())

# Scanning the static files anew for each test's client takes a third of a second.
MIDDLEWARE = [one for one in MIDDLEWARE if "whitenoise" not in one]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # The real server's names carry a hash of the content, which needs a collected folder.
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
FIT_COURSES = False  # the loop of a test starts no process
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
