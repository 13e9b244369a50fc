"""How well lists are read: generated lists of many makers, whose truth is known, against the parsers."""
