"""Tables of open items, from bytes to rows and problems."""
