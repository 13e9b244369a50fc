"""The assistant: says in the reader's language what the store holds."""
