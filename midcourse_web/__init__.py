"""The web application of midcourse: the clinic's record, and what each person sees of it."""
