"""The demonstration: invented people with known stories. It cannot be loaded where real people are."""

from django.conf import settings

if not settings.DEMO:
    raise ImportError("The demonstration is loaded by `midcourse serve --demo` and nowhere else.")
