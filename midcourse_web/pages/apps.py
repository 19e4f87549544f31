from django.apps import AppConfig


class PagesConfig(AppConfig):
    """The room of what people see."""

    name = "midcourse_web.pages"
    label = "pages"
    default_auto_field = "django.db.models.BigAutoField"
