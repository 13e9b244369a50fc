"""The road of a submission, from the inbox to its answer."""
