"""The addresses of `midcourse serve --public`: the check-up without a clinic, help now, and nothing else."""

from django.urls import include, path
from django.views.generic import RedirectView

from midcourse_web.pages.public import check_up
from midcourse_web.pages.public.files import favicon, service_worker

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="open:start"), name="home"),
    path("favicon.ico", favicon, name="favicon"),
    path("sw.js", service_worker, name="service_worker"),
    path("offline/", check_up.offline, name="offline"),
    path("help-now/", check_up.help_now, name="help_now"),
    path("open/", include("midcourse_web.pages.public.open_urls")),
]
