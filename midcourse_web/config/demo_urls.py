"""The addresses of the demonstration: signing in by one click, and every address of the application."""

from django.urls import include, path
from django.views.generic import RedirectView

from midcourse_web.config.urls import handler403, urlpatterns

__all__ = ["handler403", "urlpatterns"]

urlpatterns = [
    path("demo/", include("midcourse_web.demo.urls")),
    path("accounts/login/", RedirectView.as_view(pattern_name="demo:cast"), name="account_login"),
    *urlpatterns,
]
