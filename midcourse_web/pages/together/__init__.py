"""The shared screen: client and therapist find out why, and decide what next."""
