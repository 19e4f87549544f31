"""Which language content is read in."""

from django.utils.translation import get_language


def spoken(language: str = "") -> str:
    """Return a language as content files name it: the one asked for, else the page's, else English."""
    return language or (get_language() or "en")[:2]
