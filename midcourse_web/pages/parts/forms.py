"""Forms in the look of the design system: labels above, hints beside, mistakes in words."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

CLASSES = {
    forms.Textarea: "nhsuk-textarea",
    forms.CheckboxInput: "nhsuk-checkboxes__input",
    forms.CheckboxSelectMultiple: "nhsuk-checkboxes__input",
    forms.RadioSelect: "nhsuk-radios__input",
    forms.Select: "nhsuk-select",
    forms.TextInput: "nhsuk-input",
}
TEN = [("", _("not now")), *[(n, str(n)) for n in range(11)]]
ORDINARY = {"label_suffix": "", "use_required_attribute": False}


class Form(forms.Form):
    """A form whose fields carry the design system's classes."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **ORDINARY | given)
        for name, field in self.fields.items():
            for widget, css in CLASSES.items():
                if isinstance(field.widget, widget):
                    field.widget.attrs.setdefault("class", css)
                    break
            if field.help_text:
                field.widget.attrs["aria-describedby"] = f"id_{name}_hint"


class Day(forms.DateInput):
    """A day, with the browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class Moment(forms.DateTimeInput):
    """A day and an hour, with the browser's own calendar."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


def ten(label: Any, help_text: Any = "") -> forms.TypedChoiceField:
    """Return a field from 0 to 10 that may stay open."""
    return forms.TypedChoiceField(
        label=label, help_text=help_text, choices=TEN, coerce=int, empty_value=None, required=False
    )


def yes_no(label: Any, help_text: Any = "") -> forms.TypedChoiceField:
    """Return a question with yes, no and "rather not say"; None for the last."""
    return forms.TypedChoiceField(
        label=label,
        help_text=help_text,
        choices=[("yes", _("Yes")), ("no", _("No")), ("", _("Rather not say"))],
        coerce=lambda said: said == "yes",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )


def said(value: bool | None) -> str:
    """Return what `yes_no` shows for a value on record."""
    return {True: "yes", False: "no"}.get(value, "")
