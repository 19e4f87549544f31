"""The demonstration's settings, and two bare views beside the application's own, for `make bench`."""

from midcourse_web.config.demo import *  # noqa: F403

ROOT_URLCONF = "bench.web_urls"
