"""python -m midcourse_web COMMAND: Django's commands with this application's settings."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run one command of the application, as `manage.py` does elsewhere."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "midcourse_web.config.settings")
    execute_from_command_line(["midcourse_web", *sys.argv[1:]])


if __name__ == "__main__":
    main()
