"""python -m midcourse_web COMMAND: Django's commands with this application's settings."""

import os
import sys
import tempfile

from django.core.management import execute_from_command_line

from midcourse_web.config.home import BadSettings
from midcourse_web.serving.copy_commands import run as run_copy

SETTINGS = "DJANGO_SETTINGS_MODULE"


def main() -> None:
    """Run one command of the application, as `manage.py` does elsewhere; some with settings of their own."""
    words = sys.argv[1:]
    try:
        if words[:1] in (["backup"], ["restore"]):
            sys.exit(run_copy(words))
        if words[:1] == ["serve"] and "--demo" in words:
            _demo([word for word in words if word != "--demo"])
        elif words[:1] == ["serve"] and "--public" in words:
            os.environ[SETTINGS] = "midcourse_web.config.public"
            rest = [word for word in words[1:] if word != "--public"]
            execute_from_command_line(["midcourse_web", "serve_public", *rest])
        else:
            os.environ.setdefault(SETTINGS, "midcourse_web.config.settings")
            execute_from_command_line(["midcourse_web", *words])
    except BadSettings as why:
        sys.exit(f"{why}")


def _demo(words: list[str]) -> None:
    """Serve with the demonstration's settings, from a folder that is thrown away at the end.

    A folder that MIDCOURSE_DEMO_HOME names already is used as it is, and kept.
    """
    os.environ[SETTINGS] = "midcourse_web.config.demo"
    if "MIDCOURSE_DEMO_HOME" in os.environ:
        execute_from_command_line(["midcourse_web", *words])
        return
    with tempfile.TemporaryDirectory(prefix="midcourse-demo-", ignore_cleanup_errors=True) as folder:
        os.environ["MIDCOURSE_DEMO_HOME"] = folder
        execute_from_command_line(["midcourse_web", *words])


if __name__ == "__main__":
    main()
