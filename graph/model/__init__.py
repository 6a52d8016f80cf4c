"""What is known: frozen types that refuse nonsense. No input, no output, nothing of the database."""
