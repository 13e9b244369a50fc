"""Where messages arrive; a listener only stores and acknowledges."""
