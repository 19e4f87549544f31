"""Pages that need no sign-in, or belong to everybody."""
