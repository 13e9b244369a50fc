"""What a task says, in one line, for the operator who looks through the queue."""

from typing import Any

from storage.money import Money


def says(kind: str, detail: dict[str, Any]) -> str:
    """A task in words; empty where its kind and what it concerns say all."""
    if kind == "payment_notice":
        part = {"partial": ", a part of the claim", "unknown": ", with or without costs"}
        paid = f"{Money(detail['amount_cents'])} EUR paid on {detail['paid_on']}"
        return f"{detail['invoice_number']}: {paid}{part.get(detail['covers'], '')}"
    if kind == "cancellation_request":
        return f"{detail['invoice_number']}: cancelled or a mistake, says the creditor"
    if kind == "change_request" and "old" in detail:
        old, new = (detail[name]["claim"] for name in ("old", "new"))
        changed = [name for name in new if new[name] != old.get(name)]
        return f"{new['invoice_number'] or 'a claim'}: other {_listed(changed)}"
    return str(detail.get("reason") or "")


def _listed(names: list[str]) -> str:
    return ", ".join(name.removesuffix("_cents").replace("_", " ") for name in names) or "data of the debtor"
