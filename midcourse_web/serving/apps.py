from django.apps import AppConfig


class ServingConfig(AppConfig):
    """The room of what an operator starts."""

    name = "midcourse_web.serving"
    label = "serving"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what production refuses to start without."""
        from midcourse_web.serving import checks  # noqa: F401
