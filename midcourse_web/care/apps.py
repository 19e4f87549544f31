from django.apps import AppConfig


class CareConfig(AppConfig):
    """The room of the record."""

    name = "midcourse_web.care"
    label = "care"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Add the record's parts to the tick loop."""
        from midcourse_web.care import loop, loop_needs, nightly  # noqa: F401
