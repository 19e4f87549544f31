"""One process each: a case prints one line of JSON with its CPU seconds and its peak memory."""
