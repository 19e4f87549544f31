"""What the client sees: what is next, how I am doing, what we agreed."""
