"""What a page says: who and where it names, and its claims, each with span, time, confidence. No language model."""
