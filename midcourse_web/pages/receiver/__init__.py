"""The inbox of those who receive concerns: only what was sent to them."""
