"""What can go wrong outside our code, as one tree; bad content is never an exception.

GatewayError                 something failed; the text says how to mend it
├── RefusedError             the caller asked for what cannot be done; asking again does not help
│   ├── UnknownError         there is no such account, case or submission
│   ├── ConfigError          a configuration that cannot serve, with all its faults
│   └── StatutoryDataMissingError    a rate or table of the law that no data file holds for a day
└── PassingError             trying again can help; the only kind that is retried
    ├── StoreBusyError       the store did not take a write in time
    ├── LeaseLostError       another worker has taken over this work
    └── DeliveryError        an answer could not be handed over yet
"""

from datetime import date


class GatewayError(Exception):
    """Something failed; the text says how to mend it."""

    can_retry = False


class RefusedError(GatewayError):
    """The caller asked for what cannot be done; asking again does not help."""


class UnknownError(RefusedError):
    """There is no such account, case or submission."""


class ConfigError(RefusedError):
    """A configuration that cannot serve, with all its faults."""


class StatutoryDataMissingError(RefusedError):
    """A rate or table of the law is not known for a day; an older value is never used in its place."""

    def __init__(self, what: str, day: date, file: str) -> None:
        super().__init__(f"there is no {what}; add it with its source to {file}")
        self.what = what
        self.day = day
        self.file = file


class PassingError(GatewayError):
    """Trying again can help."""

    can_retry = True


class StoreBusyError(PassingError):
    """The store did not take a write in time."""


class LeaseLostError(PassingError):
    """Another worker has taken over this work."""


class DeliveryError(PassingError):
    """An answer could not be handed over yet."""
