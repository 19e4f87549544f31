"""How days and times are written in Spanish."""

DATE_FORMAT = r"j \d\e F \d\e Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = r"l j \d\e F, H:i"
SHORT_DATE_FORMAT = "j M"
