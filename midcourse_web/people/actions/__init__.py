"""Every write about people, the places they work in, and what they agreed to."""
