"""Tags that Django's own set does not have."""

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def get(mapping: Mapping[str, Any], key: str) -> Any:
    """Return what a mapping holds under a key, nothing where it holds none."""
    return mapping.get(key, ())
