"""The table in which rate limits are kept, so that they hold across the server's processes."""

from django.core.management import call_command
from django.db import migrations


def make(apps, schema_editor):
    # Makes what CACHES asks for and is not there yet; nothing where the cache is not in the database.
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
