"""How well questions are understood: messages of known meaning, German and English, many with typing errors."""
