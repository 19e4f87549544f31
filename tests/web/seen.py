"""What a person sees of a page."""

import re


def text_of(response):
    """Return the page as text."""
    return response.content.decode()


def main_of(response):
    """Return what stands between the frame's head and foot."""
    return text_of(response).split("<main")[1].split("</main")[0]


def without_token(response):
    """Return the page without the token that is new in each form."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text_of(response))
