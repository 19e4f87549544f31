"""What a therapist or cover sees: who needs attention and why, then what is due today."""
