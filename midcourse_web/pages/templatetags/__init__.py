"""Small tags that templates of pages share."""
