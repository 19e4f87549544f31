"""Concerns, private notes and drafts: tables of their own, a key of their own, no history, no trace."""
