"""Every write to the record: keyword-only, `by=` first, one transaction, the audit row inside it."""
