"""The configuration: TOML, then the environment over it; refused with all its faults at once.

`Config.load()` is the only way in. Every section of INTERFACE.md exists from the start; a key
that is not known is a fault, because a misspelled one would be a setting that silently is not.
"""

import os
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    ValidationError,
    model_validator,
)
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, SettingsError

from gateway.addresses import (
    FormError,
    Listen,
    Smarthost,
    parse_domain,
    parse_listen,
    parse_sender,
    parse_smarthost,
)
from gateway.config_faults import Fault, RefusedConfigError, fault_of

DEFAULT_FILE = Path("config.toml")
PREFIX = "INKASSO_"
LISTENERS = ("smtp", "lmtp", "sftp", "http")


def _listen(text: str) -> str:
    parse_listen(text)
    return text.strip()


def _smarthost(text: str) -> str:
    parse_smarthost(text)
    return text.strip()


def _present_file(text: str) -> str:
    if text and not Path(text).is_file():
        raise FormError(f'the file "{text}" is not there', "Write the path of a PEM file that exists.")
    return text


def _store_url(text: str) -> str:
    problem = _store_problem(text)
    if problem:
        raise FormError(
            problem, 'Write "sqlite:///var/inkasso.db" or "postgresql+psycopg://user:password@host/database".'
        )
    return text


def _store_problem(text: str) -> str | None:
    """Why a text is no store's URL; by hand, because the database library costs more than all of this."""
    scheme, mark, rest = text.partition("://")
    if not mark:
        return "is no database URL"
    if scheme not in {"sqlite", "postgresql+psycopg"}:
        return f'"{scheme}" is no store that this gateway can use'
    if scheme == "sqlite":
        if not rest.startswith("/"):
            return "has too few slashes for a path"
        return "a store in memory would lose everything" if rest in {"/", "/:memory:"} else None
    return None if rest.partition("/")[2].partition("?")[0] else "names no database"


def _web_address(text: str) -> str:
    if not text.startswith(("https://", "http://")):
        raise FormError(f'"{text}" is no web address', 'Write it from "https://" on.')
    return text.rstrip("/")


ListenText = Annotated[str, AfterValidator(_listen)]
PemFile = Annotated[str, AfterValidator(_present_file)]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Store(_Section):
    """Where everything is kept; a rehearsal store can never go live."""

    url: Annotated[str, AfterValidator(_store_url)] = "sqlite:///var/inkasso.db"
    rehearsal: bool = False


class Intake(_Section):
    """What may come in."""

    domain: Annotated[str, AfterValidator(parse_domain)] = "inkasso.example"
    message_size_bytes_max: int = Field(default=52_428_800, ge=1)
    rows_max: int = Field(default=2_000_000, ge=1)
    unknown_senders: Literal["refuse"] = "refuse"


class Listener(_Section):
    """A part that waits for connections; an empty `listen` switches it off."""

    listen: ListenText = ""
    certificate: PemFile = ""
    key: PemFile = ""

    @property
    def address(self) -> Listen | None:
        """Where to listen; None when switched off."""
        return parse_listen(self.listen)


class Smtp(Listener):
    """Mail by SMTP."""

    listen: ListenText = "127.0.0.1:8025"


class Lmtp(Listener):
    """Mail by LMTP, from a mail server on the same machine."""


class Sftp(Listener):
    """Files by SFTP."""

    listen: ListenText = "127.0.0.1:8022"


class Http(Listener):
    """Pages, health, metrics and the API."""

    listen: ListenText = "127.0.0.1:8080"


class Imap(_Section):
    """One mailbox that is fetched; its key is a password or what a command prints."""

    host: str = Field(min_length=1)
    user: str = Field(min_length=1)
    password: str = Field(default="", repr=False)
    token_command: str = ""
    folder: str = "INBOX"
    authserv_id: str = ""

    @model_validator(mode="after")
    def _has_one_key(self) -> Self:
        if bool(self.password) == bool(self.token_command):
            raise FormError(
                "needs a password or a token_command, and not both",
                "Write one of the two into this [[imap]].",
            )
        return self


class Drop(_Section):
    """The drop folders of the accounts."""

    folder: Path = Path("var/drop")
    settle_seconds: float = Field(default=2.0, ge=0, le=3600, allow_inf_nan=False)


class Telegram(_Section):
    """The Telegram bot; an empty token switches it off."""

    token: str = Field(default="", repr=False)
    api_base: Annotated[str, AfterValidator(_web_address)] = "https://api.telegram.org"
    mode: Literal["polling", "webhook"] = "polling"


class Delivery(_Section):
    """How answers leave; without a smarthost they are files in `outbox`."""

    smarthost: Annotated[str, AfterValidator(_smarthost)] = Field(default="", repr=False)
    sender: Annotated[str, AfterValidator(lambda text: parse_sender(text) if text else "")] = ""
    outbox: Path = Path("var/outbox")

    @property
    def relay(self) -> Smarthost | None:
        """The smarthost taken apart; None when there is none."""
        return parse_smarthost(self.smarthost)


class Autocollect(_Section):
    """How collection proceeds by itself; days are calendar days."""

    wait_hours: int = Field(default=24, ge=0, le=720)
    contacts: int = Field(default=4, ge=2, le=20)
    answer_days: int = Field(default=14, ge=1, le=365)
    call_out_days: int = Field(default=14, ge=1, le=365)
    letter_days: int = Field(default=3, ge=0, le=30)
    plan_grace_days: int = Field(default=7, ge=0, le=90)
    plan_missed_rates: int = Field(default=2, ge=1, le=12)


class Fees(_Section):
    """What collection costs the debtor, and whom it belongs to."""

    raised_after_days: int = Field(default=14, ge=1, le=365)
    day_count: Literal["act/act", "act/365"] = "act/act"
    value_date_included: bool = True
    interest_to: Literal["creditor", "agency"] = "creditor"
    tolerance_cents: int = Field(default=0, ge=0, le=10_000)
    gap: Literal["review", "free"] = "review"
    waiver_first: Literal["agency", "creditor"] = "agency"


class Payout(_Section):
    """When creditors are paid."""

    day: int = Field(default=15, ge=1, le=28)
    hold_weeks: int = Field(default=8, ge=0, le=60)


class Limits(_Section):
    """How much anyone may ask of the gateway."""


class Retention(_Section):
    """How long what is kept."""


class Log(_Section):
    """What is written to stderr."""

    level: Literal["debug", "info", "warning", "error"] = "info"


class Config(BaseSettings):
    """A configuration that can serve; see `load`."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_nested_delimiter="__", extra="forbid", frozen=True, validate_default=False
    )

    store: Store = Store()
    intake: Intake = Intake()
    smtp: Smtp = Smtp()
    lmtp: Lmtp = Lmtp()
    sftp: Sftp = Sftp()
    http: Http = Http()
    imap: tuple[Imap, ...] = ()
    drop: Drop = Drop()
    telegram: Telegram = Telegram()
    delivery: Delivery = Delivery()
    autocollect: Autocollect = Autocollect()
    fees: Fees = Fees()
    payout: Payout = Payout()
    limits: Limits = Limits()
    retention: Retention = Retention()
    log: Log = Log()

    @classmethod
    def load(cls, path: Path | None = None) -> Self:
        """The configuration of a file, else of `config.toml` here if there is one, else the defaults.

        The environment (`INKASSO_SMTP__LISTEN=…`) goes over all. Raises ConfigError with every fault.
        """
        chosen = path or (DEFAULT_FILE if DEFAULT_FILE.exists() else None)
        return cls(**(_read_toml(chosen) if chosen else {}))

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - the signature is the library's
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment over what the file says, and nothing else."""
        return env_settings, init_settings

    def __init__(self, **sections: Any) -> None:
        try:
            super().__init__(**sections)
        except SettingsError as error:
            section = str(error).partition('"')[2].partition('"')[0]
            fault = Fault(
                PREFIX + section.upper(), "is not JSON", f"Set {PREFIX}{section.upper()}__KEY instead."
            )
            raise RefusedConfigError([fault]) from None

    @model_validator(mode="wrap")
    @classmethod
    def _tell_all_faults(cls, data: dict[str, Any], build: ModelWrapValidatorHandler[Self]) -> Self:
        """Build, and refuse with the faults of single keys and those between keys together."""
        faults = [*_unknown_variables(os.environ), *_faults_between(data)]
        built: Self | None = None
        try:
            built = build(_with_sender(data))
        except ValidationError as error:
            faults = [fault_of(detail, cls) for detail in error.errors()] + faults
        if faults or built is None:
            raise RefusedConfigError(faults)
        return built


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        # A file saved by an editor on Windows may open with a byte order mark.
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        fault = Fault(
            str(path), f"cannot be opened ({error.strerror})", "Give --config a file that can be read."
        )
    except UnicodeDecodeError:
        fault = Fault(str(path), "is not UTF-8 text", "Save it as UTF-8.")
    except tomllib.TOMLDecodeError as error:
        fault = Fault(
            str(path), f"is no TOML: {error}", 'Mend that line; text stands in quotes: key = "text".'
        )
    raise RefusedConfigError([fault])


def _with_sender(data: dict[str, Any]) -> dict[str, Any]:
    """The answers' sender is at the intake's domain unless it is named, so that replies come back."""
    delivery = data.get("delivery", {})
    intake = data.get("intake", {})
    if not isinstance(delivery, dict) or not isinstance(intake, dict) or delivery.get("sender"):
        return data
    try:
        domain = parse_domain(str(intake.get("domain", Intake().domain)))
    except FormError:
        return data
    return {**data, "delivery": {**delivery, "sender": f"inkasso@{domain}"}}


def _unknown_variables(environ: Mapping[str, str]) -> Iterator[Fault]:
    for name in environ:
        section = name.upper().removeprefix(PREFIX).partition("__")[0].lower()
        if name.upper().startswith(PREFIX) and section not in Config.model_fields:
            yield Fault(
                name, "is no setting", "Unset it, or write INKASSO_SECTION__KEY with two underscores."
            )


def _faults_between(data: Mapping[str, Any]) -> Iterator[Fault]:
    """Faults that lie between two keys; garbage in single keys is told elsewhere."""
    bound: dict[str, Listen] = {}
    for name in LISTENERS:
        section = data.get(name, {})
        if not isinstance(section, dict):
            continue
        if bool(section.get("certificate")) != bool(section.get("key")):
            has, lacks = ("certificate", "key") if section.get("certificate") else ("key", "certificate")
            yield Fault(
                f"{name}.{lacks}", f"is missing beside {name}.{has}", f"Add {lacks}, or remove {has}."
            )
        default = Config.model_fields[name].default.listen
        address = _address_or_none(section.get("listen", default))
        for other, taken in bound.items():
            if address and address.collides_with(taken):
                yield Fault(
                    f"{name}.listen", f"is the port of {other}.listen too", "Give each a port of its own."
                )
        if address:
            bound[name] = address


def _address_or_none(text: object) -> Listen | None:
    try:
        return parse_listen(text) if isinstance(text, str) else None
    except FormError:
        return None
