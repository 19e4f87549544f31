"""The web server's command line, and whether its port is free."""

import socket
import sys


def gunicorn(port: int, workers: int) -> list[str]:
    """Return the command of the web server: processes with one thread each (more make the slowest slower)."""
    return [
        sys.executable, "-m", "gunicorn", "midcourse_web.config.wsgi",
        "--bind", f"127.0.0.1:{port}", "--workers", str(workers),
        "--worker-class", "gthread", "--threads", "1",
        "--timeout", "60", "--graceful-timeout", "15", "--log-level", "warning", "--no-control-socket",
    ]  # fmt: skip


def is_free(port: int) -> bool:
    """Say whether nothing listens on a port of this machine."""
    with socket.socket() as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            one.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
