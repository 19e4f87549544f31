"""What each person sees, one folder for each audience. Pages read, permit, call one action, go somewhere."""
