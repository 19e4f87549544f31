"""What those see who run the clinic: counts, what needs a person, who waits, sign-ins, days away."""
