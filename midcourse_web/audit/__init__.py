"""Who did and who saw what: append-only, ids and verbs, never answers or texts."""
