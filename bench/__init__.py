"""How fast, and in how much memory: ratios measured in one run, on one machine."""
