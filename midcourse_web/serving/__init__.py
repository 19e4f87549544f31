"""Running it: the server and the loop together, checks before production, copies and what comes in."""
