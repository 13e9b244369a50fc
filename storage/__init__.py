"""The collection store: accounts, submissions, cases, claims, inbox and outbox.

Importing this package loads no database library, because the parsers take `money`,
`records`, `identity` and `errors` from it and run in processes that must start fast.
"""
