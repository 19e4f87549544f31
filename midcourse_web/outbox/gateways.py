"""Text messages: midcourse knows no provider; a clinic names a function of its own.

`text_gateway` in midcourse.toml is the dotted path of a function that takes a phone number and a text,
returns when the provider has taken the message, and raises whatever it likes when it has not: the
message is then tried again, and counted as undelivered. `write_to_folder` is a whole example that posts
nothing anywhere.
"""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

Gateway = Callable[[str, str], None]
GATEWAYS: dict[str, Gateway] = {}


class NoGateway(LookupError):
    """No text-message gateway is set up here."""


def text_gateway() -> Gateway:
    """Return the gateway in force. Raises NoGateway, or ImportError where the path leads nowhere."""
    if "text" not in GATEWAYS:
        path = settings.CLINIC.text_gateway
        if not path:
            raise NoGateway("set text_gateway in midcourse.toml to the dotted path of a function")
        GATEWAYS["text"] = import_string(path)
    return GATEWAYS["text"]


def has_text_gateway() -> bool:
    """Say whether text messages can leave at all."""
    return "text" in GATEWAYS or bool(settings.CLINIC.text_gateway)


def write_to_folder(address: str, body: str) -> None:
    """Write the message as a file into the home folder's `texts`, for a program that sends what it finds there.

    Set `text_gateway = "midcourse_web.outbox.gateways.write_to_folder"`.
    """
    folder = settings.HOME / "texts"
    folder.mkdir(mode=0o700, exist_ok=True)
    now: datetime = timezone.now()
    number = "".join(sign for sign in address if sign.isdigit())
    path = folder / f"{now:%Y%m%dT%H%M%S%f}-{number}.txt"
    path.write_text(f"{address}\n{body}\n", encoding="utf-8")
