from django.apps import AppConfig


class PrivateConfig(AppConfig):
    """The room that only the client enters."""

    name = "midcourse_web.private"
    label = "private"
    default_auto_field = "django.db.models.BigAutoField"
