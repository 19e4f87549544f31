from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The room of people."""

    name = "midcourse_web.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
