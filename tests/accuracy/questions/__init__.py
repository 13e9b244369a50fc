"""How well questions are understood: messages of known meaning, in two languages, many misspelled."""
