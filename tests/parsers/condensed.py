"""Documents in a short form that a person can check: no words, no absent values."""


def condensed(document: dict) -> dict:
    kept = {
        key: value for key, value in document.items() if value not in (None, [], {}) and key not in _LISTS
    }
    if "accepted" in document:
        kept["accepted"] = [_row(row) for row in document["accepted"]]
        kept["rejected"] = {str(row["row"]): _problems(row["problems"]) for row in document["rejected"]}
        kept["skipped"] = {str(row["row"]): row["reason"] for row in document["skipped"]}
        kept["needs_answer"] = [f"{one['id']} {'|'.join(one['choices'])}" for one in document["needs_answer"]]
    if "problems" in document:
        kept["problems"] = _problems(document["problems"])
    return kept


def outcome(document: dict) -> dict:
    """What became of a document, without its rows: enough for a person to judge it by."""
    counts = {part: len(document[part]) for part in ("accepted", "rejected", "skipped") if part in document}
    return {
        "kind": document["kind"],
        **({"sheet": document["sheet"]} if document.get("sheet") else {}),
        **counts,
        **({"asked": [one["id"] for one in document["needs_answer"]]} if "needs_answer" in document else {}),
        "codes": [one["code"] for one in document.get("problems", ())],
    }


_LISTS = {
    *("accepted", "rejected", "skipped", "needs_answer", "problems", "name", "media_type"),
    *("fingerprint", "offers"),
}


def _row(row: dict) -> dict:
    short = {key: value for key, value in row.items() if value not in (None, []) and key != "debtor"}
    short["debtor"] = {key: value for key, value in row["debtor"].items() if value is not None}
    short["creditor_costs"] = [f"{cost['kind']} {cost['amount']}" for cost in row["creditor_costs"]]
    short["warnings"] = _problems(row["warnings"])
    return {key: value for key, value in short.items() if value != []}


def _problems(problems: list) -> list:
    return [
        " ".join(filter(None, (one["code"], one["field"], f"[{one['value']}]" if one["value"] else "")))
        for one in problems
    ]
