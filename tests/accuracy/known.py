"""What the parsers are known not to manage yet: one list, each with its reason.

A layout leaves the list when it is mended: its test is expected to fail, strictly, so that it turns
red then. Nothing is hidden from `make accuracy`, which counts all of it.
"""

# Rows that are accepted with something that the list says otherwise, or that must not be accepted.
READ_WRONGLY: dict[str, str] = {}

# Rows that are good and not accepted, or asked though the file decides.
NOT_READ: dict[str, str] = {}
