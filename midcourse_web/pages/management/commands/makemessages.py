"""python -m midcourse_web makemessages: Django's own, which also knows that `lazy` is a translation here."""

from django.core.management.commands import makemessages


class Command(makemessages.Command):
    """Collect what pages say, with modules that use `_` and `lazy` side by side."""

    xgettext_options = [*makemessages.Command.xgettext_options, "--keyword=lazy"]
