"""What shall we try next, together? Steps, plans, and whether a plan bent the course."""
