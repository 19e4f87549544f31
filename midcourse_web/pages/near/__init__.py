"""What a guardian or a trusted person sees: what was shared, while it is shared."""
