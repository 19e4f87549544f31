"""midcourse notices early when therapy is not working, and helps both people find the next step."""

__version__ = "0.1.0"
