"""The gateway: listeners, the road of a submission, delivery, HTTP and the command line."""
