"""Answering a check-in, by whichever way somebody comes in: signed in, by link, on the clinic's device."""
