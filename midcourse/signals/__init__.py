"""Is it working? The state of the course, and the sentence that states the numbers."""
