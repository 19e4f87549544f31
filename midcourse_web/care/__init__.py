"""The record of each episode, and every write to it."""
