"""What the options before a command say: its configuration, its clock, its logs."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gateway.clock import Clock, system_clock
from storage.days import AGENCY_ZONE
from storage.errors import ConfigError

if TYPE_CHECKING:  # both load for longer than `inkasso --help` may take
    from gateway.composition import Gateway
    from gateway.config import Config

AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")]
OwnerEmail = Annotated[
    str, typer.Option("--email", metavar="EMAIL", help="The address that owns the account.")
]
CreditorEmail = Annotated[str, typer.Option("--creditor", metavar="EMAIL", help="An address of the account.")]
_READABLE = typer.Argument(metavar="FILE", exists=True, dir_okay=False, readable=True)
SourceFile = Annotated[Path, _READABLE]
SourceFileMaybe = Annotated[Path | None, _READABLE]


class Session:
    """One run of the command line."""

    def __init__(self, config_file: Path | None = None, now: str | None = None) -> None:
        self._config_file = config_file
        self._now = None if now is None else parse_moment(now)

    def config(self, log_level: str | None = "warning") -> "Config":
        """The configuration, with the logs set up; `log_level` None takes the configured level.

        Raises ConfigError; so does `--now` where it is not allowed.
        """
        from gateway.config import Config  # noqa: PLC0415
        from gateway.log import configure_logs  # noqa: PLC0415

        config = Config.load(self._config_file)
        if self._now is not None and not config.store.rehearsal:
            raise ConfigError(
                "--now is refused: only a store with [store] rehearsal = true has a clock to set"
            )
        configure_logs(log_level or config.log.level)
        return config

    def clock(self) -> Clock:
        """The time that the command acts at: what `--now` says, standing still, else the present."""
        if self._now is None:
            return system_clock
        moment = self._now
        return lambda: moment

    def running_clock(self) -> Clock:
        """The same, but going on from `--now`, for what stays up."""
        if self._now is None:
            return system_clock
        start, began = self._now, time.monotonic()
        return lambda: start + timedelta(seconds=time.monotonic() - began)

    @contextmanager
    def gateway(self) -> Iterator["Gateway"]:
        """The store with all that works on it, for one command."""
        config = self.config()
        from gateway.composition import open_gateway  # noqa: PLC0415

        with open_gateway(config, self.clock()) as gateway:
            yield gateway


def session_of(context: typer.Context) -> Session:
    """The session that the global options made."""
    session = context.obj
    assert isinstance(session, Session)
    return session


def parse_moment(text: str) -> datetime:
    """A date or a date and time in ISO form; without a zone it is the agency's, Europe/Berlin."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f'"{text}" is no time; write 2026-03-01T12:00', param_hint="--now") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=AGENCY_ZONE)
