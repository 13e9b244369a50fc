"""The drop folder from the inside: names, files, events, and when a file is complete."""
