"""From the set-up link to a passkey and back in, on the real server with the real policy for scripts."""

import re

import pytest

from tests.browser.watched import DESK, Watched
from tests.web.servers import serving

pytestmark = [pytest.mark.loopback, pytest.mark.needs("Chromium")]
GOOD = "seven quiet herons"
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def clinic(tmp_path, chromium):
    """Return a watched page of an empty clinic, and the path of its set-up link; a phone holds passkeys."""
    with serving(tmp_path) as served:
        # A passkey belongs to a name: a browser makes none for 127.0.0.1.
        context = chromium.new_context(viewport=DESK, locale="en-GB")
        watched = Watched(context.new_page(), served.url.replace("127.0.0.1", "localhost"))
        session = context.new_cdp_session(watched.page)
        session.send("WebAuthn.enable")
        session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
        yield watched, re.search(r"(/first/\S+/)", served.words())[1]
        context.close()


def press(watched, selector):
    """Press a button and wait for the next page."""
    with watched.page.expect_navigation():
        watched.page.click(selector)


def test_the_first_administrator_sets_up_a_passkey_before_anything_else_and_signs_in_with_it(clinic):
    watched, link = clinic
    page = watched.page
    watched.open(link)
    given = {"clinic": "Brook", "place": "gb-eng", "zone": "Europe/London", "name": "Otto"}
    for name, value in (given | {"email": "otto@example.org", "password": GOOD}).items():
        page.fill(f"[name={name}]", value)
    press(watched, "main form button")
    assert "/accounts/reauthenticate/" in page.url, "the second step comes before anything else"
    watched.is_sound()
    page.fill("[name=password]", GOOD)
    press(watched, "main form button")
    watched.is_sound()
    press(watched, "a[href='/accounts/2fa/webauthn/add/']")
    watched.is_sound()
    page.check("#id_passwordless")
    press(watched, "#mfa_webauthn_add")
    assert page.url.endswith("/recovery-codes/")
    watched.is_sound()
    for path in ("/clinic/people/", "/accounts/2fa/", "/accounts/2fa/webauthn/", "/accounts/sessions/"):
        watched.open(path)
        assert page.url.endswith(path)
        watched.is_sound()
    press(watched, "header form button")
    watched.open("/accounts/login/?next=/clinic/people/")
    watched.is_sound()
    press(watched, "#passkey_login")
    watched.open("/clinic/people/")
    assert page.url.endswith("/clinic/people/"), "in, without a password"
    watched.is_sound()
