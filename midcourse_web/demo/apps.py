from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The room of the demonstration."""

    name = "midcourse_web.demo"
    label = "demo"
    default_auto_field = "django.db.models.BigAutoField"
