from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """The room of messages that wait to be sent."""

    name = "midcourse_web.outbox"
    label = "outbox"
    default_auto_field = "django.db.models.BigAutoField"
