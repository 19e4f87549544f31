"""Messages written with the fact, sent by one tick loop."""
