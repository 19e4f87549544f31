"""What the log may hold: verbs and errors, never the address of a page about somebody."""

import logging
import re

ADDRESS = re.compile(r"(?<![\w.])/[\w/-]{2,}")


class WithoutAddress(logging.Filter):
    """Takes the path out of every line: it can hold the id of a person or of a private page."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every line pass, with paths replaced."""
        if record.name.startswith("django."):
            record.msg = ADDRESS.sub("/…", record.getMessage())
            record.args = ()
        return True
