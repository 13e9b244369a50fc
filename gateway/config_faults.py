"""Faults of a configuration: the key, what is wrong with it and how to mend it, for a person."""

from collections.abc import Sequence
from difflib import get_close_matches
from types import GenericAlias
from typing import Any, get_args

import msgspec
from pydantic import BaseModel
from pydantic_core import ErrorDetails

from gateway.addresses import FormError
from storage.errors import ConfigError

SECRETS = {"password", "token", "smarthost", "url"}
_NO_FLAG = ("{value} is neither true nor false", "Write true or false, without quotes.")
_NO_WHOLE_NUMBER = ("{value} is no whole number", "Write digits alone, without quotes and separators.")
_NO_NUMBER = ("{value} is no number", "Write a number with a dot, without quotes.")
_NO_TEXT = ("{value} is no text", "Put it in quotes.")
_NO_SECTION = ("is no section", "Write [{section}] on a line of its own and its keys below it.")
_NO_LIST = ("is no list", "Write [[{section}]] with two brackets, once for each.")
WORDS = {  # the kinds of error that pydantic names, in our words: what is wrong, how to mend it
    "missing": ("is missing", "Add it."),
    "string_too_short": ("is empty", "Fill it in."),
    "bool_parsing": _NO_FLAG,
    "bool_type": _NO_FLAG,
    "int_parsing": _NO_WHOLE_NUMBER,
    "int_type": _NO_WHOLE_NUMBER,
    "int_from_float": _NO_WHOLE_NUMBER,
    "int_parsing_size": _NO_WHOLE_NUMBER,
    "float_parsing": _NO_NUMBER,
    "float_type": _NO_NUMBER,
    "finite_number": _NO_NUMBER,
    "string_type": _NO_TEXT,
    "path_type": _NO_TEXT,
    "greater_than_equal": ("{value} is too small", "Write {ge} or more."),
    "less_than_equal": ("{value} is too large", "Write {le} or less."),
    "literal_error": ("{value} is not possible", "Write {expected}."),
    "model_type": _NO_SECTION,
    "dict_type": _NO_SECTION,
    "model_attributes_type": _NO_SECTION,
    "tuple_type": _NO_LIST,
    "list_type": _NO_LIST,
}


class Fault(msgspec.Struct, frozen=True):
    """One thing that keeps the gateway from serving."""

    key: str
    message: str
    fix: str

    def __str__(self) -> str:
        return f"{self.key}: {self.message}. {self.fix}"


class RefusedConfigError(ConfigError):
    """A configuration that cannot serve, with all its faults."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        count = "1 fault" if len(self.faults) == 1 else f"{len(self.faults)} faults"
        lines = "\n".join(f"  {fault}" for fault in self.faults)
        super().__init__(f"The configuration cannot serve, {count}:\n{lines}")


def fault_of(detail: ErrorDetails, model: type[BaseModel]) -> Fault:
    """One of pydantic's errors in our words; a value is shown only where it cannot be a secret."""
    key = _written_key(detail["loc"])
    cause = detail.get("ctx", {}).get("error")
    if isinstance(cause, FormError):
        return Fault(key, str(cause), cause.fix)
    if detail["type"] == "extra_forbidden":
        return _unknown_key(key, detail["loc"], model)
    return Fault(key, *_words(detail))


def _words(detail: ErrorDetails) -> tuple[str, str]:
    if detail["type"] not in WORDS:
        return detail["msg"], "See config.example.toml."
    message, fix = WORDS[detail["type"]]
    value = "the value" if detail["loc"][-1] in SECRETS else _shown(detail["input"])
    facts = {
        name: str(fact).removesuffix(".0").replace("'", '"') for name, fact in detail.get("ctx", {}).items()
    }
    facts |= {"value": value, "section": str(detail["loc"][0])}
    return message.format_map(facts), fix.format_map(facts)


def _unknown_key(key: str, path: tuple[int | str, ...], model: type[BaseModel]) -> Fault:
    known = tuple(_model_at(model, path[:-1]).model_fields)
    what = "section" if len(path) == 1 else "key"
    near = get_close_matches(str(path[-1]), known, n=1)
    if near:
        return Fault(key, f"there is no such {what}", f'Did you mean "{near[0]}"?')
    if not known:
        return Fault(key, f"there is no such {what}", "This section has no keys yet: remove it.")
    return Fault(key, f"there is no such {what}", f"Remove it; there are: {', '.join(known)}.")


def _model_at(model: type[BaseModel], path: tuple[int | str, ...]) -> type[BaseModel]:
    for step in path:
        if isinstance(step, str):
            annotation: Any = model.model_fields[step].annotation
            model = get_args(annotation)[0] if isinstance(annotation, GenericAlias) else annotation
    return model


def _written_key(path: tuple[int | str, ...]) -> str:
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}"
    return text.lstrip(".") or "configuration"


def _shown(value: object) -> str:
    """A value as TOML writes it, if it is a plain one and short."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, str) and len(value) <= 60:
        return f'"{value}"'
    return "this"
