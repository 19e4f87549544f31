"""What a supervisor sees: supervised cases that need a second pair of eyes, and unanswered risk."""
