from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The room of the audit."""

    name = "midcourse_web.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
