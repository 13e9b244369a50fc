"""The books: every cent that is claimed, received, shared and paid out, as double entries that only grow."""
