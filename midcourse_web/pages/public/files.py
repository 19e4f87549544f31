"""Files that are the same for everybody and need no database: the icon, and what keeps help now offline."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

ICON = settings.ROOT / "static" / "midcourse" / "images" / "icon.svg"


@require_GET
def service_worker(request: HttpRequest) -> HttpResponse:
    """Return the script that keeps help now offline; it keeps no other page."""
    return HttpResponse(render_to_string("public/sw.js"), content_type="text/javascript")


@require_GET
@cache_control(max_age=86400, public=True)
def favicon(request: HttpRequest) -> HttpResponse:
    """Return the icon that browsers ask for unasked."""
    return HttpResponse(ICON.read_bytes(), content_type="image/svg+xml")
