"""Settings of the demonstration: invented people on this machine only, thrown away at the end.

Only `midcourse serve --demo` can start it: it names a folder of its own, and never the clinic's.
"""

import os

from midcourse_web.config.home import BadSettings

if not os.environ.get("MIDCOURSE_DEMO_HOME"):
    raise BadSettings("The demonstration is started with: midcourse serve --demo")
os.environ["MIDCOURSE_HOME"] = os.environ["MIDCOURSE_DEMO_HOME"]

from midcourse_web.config.settings import *  # noqa: F403
from midcourse_web.config.settings import CLINIC, INSTALLED_APPS

if CLINIC.production:
    raise BadSettings("The demonstration answers on this machine only: it takes no public_url.")

DEMO = True
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
INSTALLED_APPS = [*INSTALLED_APPS, "midcourse_web.demo"]
ROOT_URLCONF = "midcourse_web.config.demo_urls"
STAFF_NEED_SECOND_FACTOR = False
