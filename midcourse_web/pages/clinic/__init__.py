"""What those see who run the clinic: sign-ins, days away, licences, who looked at what."""
