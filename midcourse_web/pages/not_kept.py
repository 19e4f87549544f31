"""No page about anybody is kept by a browser, or by anything on the way to it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

Next = Callable[[HttpRequest], HttpResponseBase]
KEEPS = (
    "/favicon.ico",
    "/help-now/",
    "/offline/",
    "/sw.js",
    "/static/",
)  # the same for everybody, and wanted offline


def nothing_kept(get_response: Next) -> Next:
    """Tell browsers and everything between to keep no page about anybody."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if not request.path.startswith(KEEPS):
            response["Cache-Control"] = "no-store, private"
        return response

    return middleware
