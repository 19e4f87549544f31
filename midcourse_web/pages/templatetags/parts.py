"""Tags that Django's own set does not have."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import template
from django.utils.formats import date_format

register = template.Library()


@register.filter
def get(mapping: Mapping[str, Any], key: str) -> Any:
    """Return what a mapping holds under a key, nothing where it holds none."""
    return mapping.get(key, ())


@register.filter
def day(text: str) -> str:
    """Return a day kept as text (2026-12-04) as people write it."""
    try:
        return date_format(date.fromisoformat(text), "DATE_FORMAT")
    except ValueError:
        return text
