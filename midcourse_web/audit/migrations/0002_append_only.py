"""The audit refuses changes in the database itself."""

from django.db import migrations

from midcourse_web.audit.triggers import lift, put_up


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [
        migrations.RunPython(
            lambda apps, schema_editor: put_up(schema_editor.connection),
            lambda apps, schema_editor: lift(schema_editor.connection),
        )
    ]
