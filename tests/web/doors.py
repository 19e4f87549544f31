"""Signing in as a person would: address, password, and what an app shows."""

import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client as Browser

from tests.web.cast import PASSWORD


def sign_in(name: str, password: str = PASSWORD) -> tuple[Browser, object]:
    """Sign in with address and password; return the browser and the answer."""
    browser = Browser()
    answer = browser.post("/accounts/login/", {"login": f"{name}@example.org", "password": password})
    return browser, answer


def six_digits(secret: str) -> str:
    """Return what an app shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))
