"""Inbox, submissions, plan, commit and outbox: the durable half of the road."""
