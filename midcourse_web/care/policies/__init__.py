"""Rules of the clinic that are not the engine's: who is on duty, what is due, what is a new risk."""
