"""Users, roles, permissions, consent, relationships, sign-in."""
