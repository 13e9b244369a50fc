"""One template an answer and language."""
