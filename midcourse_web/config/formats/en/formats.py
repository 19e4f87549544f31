"""How days and times are written in English: no full stops, no morning or afternoon to mix up."""

DATE_FORMAT = "j F Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "l j F, H:i"
SHORT_DATE_FORMAT = "j M"
