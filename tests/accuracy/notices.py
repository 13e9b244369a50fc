"""How well payment notices in plain words are read: right in full, asked, missed or WRONG.

WRONG is any figure, case or payment that the notice does not tell, anything that would be booked where
its sender should have been asked, and a notice where there is none.
"""

import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path

import msgspec
from rich.console import Console

from parsers.notices.notice import read_notice
from storage.records import PaymentNotice, ToldPayment

TODAY = date(2026, 4, 20)
RIGHT_SHARE_MIN = 0.95
NOTICES = Path(__file__).with_name("notices.toml")


class NoticeOutcome(StrEnum):
    RIGHT = "right in full"
    ASKED = "asked needlessly"
    MISSED = "missed"
    WRONG = "WRONG"


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """One text of the set and what it tells."""

    text: str
    payments: list[str] = []
    must_ask: bool = False
    is_notice: bool = True


class NoticeVerdict(msgspec.Struct, frozen=True, kw_only=True):
    told: Told
    outcome: NoticeOutcome
    read: str


def verdicts() -> Iterator[NoticeVerdict]:
    """What became of every text."""
    document = tomllib.loads(NOTICES.read_text(encoding="utf-8"))
    for told in msgspec.convert(document["notice"], list[Told]):
        notice = read_notice(told.text, TODAY)
        yield NoticeVerdict(told=told, outcome=outcome_of(told, notice), read=written(notice))


def outcome_of(told: Told, notice: PaymentNotice | None) -> NoticeOutcome:
    """Strict where it hurts: whatever is read must stand in what is told."""
    if notice is None:
        return NoticeOutcome.MISSED if told.is_notice else NoticeOutcome.RIGHT
    if not told.is_notice:
        return NoticeOutcome.WRONG if notice.payments or not notice.must_ask else NoticeOutcome.ASKED
    read = sorted(sorted(parts_of(one)) for one in notice.payments)
    wanted = sorted(sorted(one.split()) for one in told.payments)
    if read == wanted and notice.must_ask == told.must_ask:
        return NoticeOutcome.RIGHT
    is_told = all(any(set(one) <= set(other) for other in wanted) for one in read)
    return NoticeOutcome.ASKED if is_told and notice.must_ask else NoticeOutcome.WRONG


def parts_of(payment: ToldPayment) -> list[str]:
    """A payment as the set writes it."""
    named = {"ref": payment.reference, "debtor": payment.debtor}
    parts = [payment.case, *(f"{name}:{text.replace(' ', '_')}" for name, text in named.items() if text)]
    parts += [None if payment.amount is None else str(payment.amount)]
    parts += [None if payment.paid_on is None else str(payment.paid_on)]
    parts += [one.value for one in (payment.covers, payment.timing) if one.value != "unknown"]
    return [part for part in parts if part]


def written(notice: PaymentNotice | None) -> str:
    """What was read, for a person."""
    if notice is None:
        return "no notice"
    payments = "; ".join(" ".join(parts_of(one)) for one in notice.payments) or "no payment"
    return f"{payments}{' and asked' if notice.must_ask else ''}"


def faults_of(found: list[NoticeVerdict]) -> list[str]:
    """The goals that are not met, in words."""
    counts = Counter(one.outcome for one in found)
    faults = []
    if counts[NoticeOutcome.WRONG]:
        faults.append(f"{counts[NoticeOutcome.WRONG]} notices are read wrongly; there must be none")
    if right_share(found) < RIGHT_SHARE_MIN:
        faults.append(
            f"{right_share(found):.2%} of the notices are right in full; the goal is {RIGHT_SHARE_MIN:.0%}"
        )
    return faults


def right_share(found: list[NoticeVerdict]) -> float:
    """The share of the texts that are notices, and are understood in full."""
    notices = [one for one in found if one.told.is_notice]
    return sum(one.outcome is NoticeOutcome.RIGHT for one in notices) / len(notices)


def show(console: Console, found: list[NoticeVerdict]) -> None:
    """Print what did not come out right, then the sums."""
    for one in found:
        if one.outcome is not NoticeOutcome.RIGHT:
            console.print(f"{one.outcome.value}: {one.told.text!r}\n    read: {one.read}", markup=False)
    counts = Counter(one.outcome for one in found)
    summed = ", ".join(f"{counts[outcome]} {outcome.value}" for outcome in NoticeOutcome)
    notices = sum(one.told.is_notice for one in found)
    console.print(f"{notices} payment notices and {len(found) - notices} other messages: {summed}")
    console.print(f"right in full: {right_share(found):.2%} (goal {RIGHT_SHARE_MIN:.0%})")
    for fault in faults_of(found):
        console.print(f"[red]not met:[/red] {fault}")


def as_json(found: list[NoticeVerdict]) -> dict:
    """The figures for accuracy.json."""
    counts = Counter(one.outcome.value for one in found)
    return {"texts": len(found), "right_share": right_share(found), "outcomes": dict(counts)}
