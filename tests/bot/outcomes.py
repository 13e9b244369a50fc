"""Outcomes as the road would build them, for the golden files and the tests of wording."""

from datetime import UTC, date, datetime

from bot.digest import skipped_of, warned_of
from bot.outcome import (
    AccountChoice,
    Asked,
    CaseLine,
    ClaimDoubt,
    Claimed,
    ClaimSaid,
    Counts,
    CustomersRead,
    MasterData,
    MissingAnswered,
    MissingUnclear,
    NoAttachment,
    NotTaken,
    Outcome,
    RowProblem,
    SetAside,
    Unreadable,
    WhichAccount,
)
from parsers.problems import Code, Skip, make_invoice_problem, make_problem, skip_text
from parsers.questions import Ask, make_question
from parsers.replies.missing import Why
from storage.money import Money

SENT = {
    "submission": "S-000042",
    "account": "Fahrrad Lindner GmbH",
    "received_at": datetime(2026, 4, 20, 12, 3, 11, tzinfo=UTC),
    "subject": "Offene Posten April",
    "source": "offene-posten.xlsx",
}
CASES = (
    CaseLine(number="26-004711-2", debtor="Müller, Hans", claims=3, principal=Money(123456)),
    CaseLine(number="26-004712-0", debtor="Yılmaz & Söhne GmbH & Co. KG", claims=1, principal=Money(9900)),
)


GONE = {
    "de": ("RE-1009 (Müller, Hans), 312,40 €", "und 21 weitere"),
    "en": ("RE-1009 (Müller, Hans), €312.40", "and 21 more"),
}
SAID = (
    ClaimSaid(
        invoice_number="RE-1009",
        debtor="Müller, Hans",
        answer="paid",
        paid_on=date(2026, 4, 1),
        amount=Money(31240),
    ),
    ClaimSaid(
        invoice_number="RE-1010",
        debtor="Yılmaz & Söhne GmbH & Co. KG",
        answer="paid",
        paid_on=date(2026, 2, 3),
        amount=Money(5000),
        is_part=True,
    ),
    ClaimSaid(invoice_number="RE-1011", debtor="Nowak, Zofia", answer="cancelled"),
    ClaimSaid(invoice_number="RE-1012", debtor="Nowak, Zofia", answer="open"),
)


def outcome(**fields):
    return Outcome(**(SENT | fields))


def counted(**counts):
    return Counts(
        rows_total=sum(counts[name] for name in counts if name not in {"awaiting", "under_review"}), **counts
    )


def mistake(language, row, code, column, value=None, *, document="offene-posten.xlsx", **facts):
    problem = make_problem(code, language, value=value, column=column, **facts)
    return RowProblem(
        document=document,
        row=row,
        column=column,
        value=problem.value,
        message=problem.message,
        fix=problem.fix,
    )


def refused_file(language):
    problem = make_problem(Code.ENCRYPTED, language)
    return NotTaken(name="Vertrag.pdf", message=problem.message, fix=problem.fix)


def invoices(language):
    """Outcomes where everything that was sent are invoices."""
    table = "RE-17 (bitte prüfen).xlsx" if language == "de" else "RE-17 (please check).xlsx"
    refused = tuple(
        RowProblem(document=name, row=1, value=problem.value, message=problem.message, fix=problem.fix)
        for name, problem in (
            ("gutschrift.xml", make_invoice_problem(Code.CREDIT_NOTE, language)),
            ("alt.pdf", make_invoice_problem(Code.SUMS_DIFFER, language, value="536,00 / 529,87")),
            ("alt.pdf", make_invoice_problem(Code.INVOICE_NUMBER_MISSING, language)),
        )
    )
    found = make_question(
        Ask.CONFIRM_INVOICE, language, about="invoice", found="Rechnungsnummer RE-17, fällig am 17.02.2026"
    )
    asked = Asked(text=found.text, choices=found.choices, document="RE-17.pdf")
    seller = make_invoice_problem(Code.SELLER_DIFFERS, language, value="Lindner & Sohn")
    one = {"of_invoices": True, "subject": None, "source": "RE-17.pdf"}
    return {
        "invoice": outcome(
            **one,
            counts=counted(new=1),
            cases=CASES[1:],
            principal=(Money(9900),),
            warnings=warned_of([(1, seller)]),
        ),
        "invoice_known": outcome(**one, counts=counted(unchanged=1)),
        "invoice_refused": outcome(**one, counts=counted(rejected=1), problems=refused[:1]),
        "invoice_asked": outcome(
            **one, counts=counted(rejected=1, awaiting=1), questions=(asked,), corrections=(table,)
        ),
        "invoices": outcome(
            **(one | {"source": None}),
            counts=counted(new=2, changed=1, unchanged=1, rejected=3, awaiting=1),
            problems=refused,
            warnings=warned_of([(1, seller), (1, seller)], with_rows=False),
            questions=(asked,),
            corrections=(table,),
            cases=CASES,
            principal=(Money(133356),),
        ),
    }


def customers_of(language):
    """Two lists of customers, one with numbers that it says different things of."""
    problem = make_problem(Code.CUSTOMERS_UNDECIDED, language, count=2, numbers="10021, 10044")
    note = NotTaken(name="Kunden.xlsx", message=problem.message, fix=problem.fix)
    return (
        CustomersRead(name="Kunden.xlsx", kept=1312, notes=(note,)),
        CustomersRead(name="Filiale.csv", kept=1),
    )


def outcomes(language):
    """One outcome a kind of answer, by the name of its golden file."""
    correction = "offene-posten-Korrektur.xlsx" if language == "de" else "offene-posten-corrections.xlsx"
    warnings = warned_of(
        [
            *((row, make_problem(Code.MISSING_ADDRESS, language)) for row in range(3, 40, 2)),
            (8, make_problem(Code.MISSING_CONTRACT_DATE, language)),
            *(
                (row, make_problem(Code.IBAN_INVALID, language, value=f"DE{row}", column="IBAN"))
                for row in (5, 6)
            ),
        ]
    )
    skipped = skipped_of(
        [
            (50, skip_text(Skip.REMARK, language)),
            (51, skip_text(Skip.REMARK, language)),
            (104, skip_text(Skip.TOTAL, language)),
        ]
    )
    two = (
        mistake(language, 14, Code.DATE_IMPOSSIBLE, "Fällig am", "31.02.2026"),
        mistake(language, 57, Code.AMOUNT_ZERO, "Betrag offen", "0,00"),
    )
    many = (
        *(mistake(language, row, Code.NAME_MISSING, "Name") for row in range(9, 23)),
        *(mistake(language, row, Code.AMOUNT_UNREADABLE, "Betrag", "1,2,3") for row in (90, 91, 95)),
        mistake(language, 96, Code.AMOUNT_UNREADABLE, "Betrag", "viel"),
        *(
            mistake(language, row, Code.AMOUNT_ZERO, "Betrag", "0,00", document="zweite.csv")
            for row in (7, 8)
        ),
    )
    question = Asked(
        text="Ist 03/04/2026 der 3. April oder der 4. März?", choices=("3. April 2026", "4. März 2026")
    )
    gone = make_question(Ask.MISSING_CLAIMS, language, about="list", count=22, invoice="RE-1009")
    missing = Asked(number=2, text=gone.text, choices=gone.choices, items=GONE[language], effect="missing")
    return {
        "missing": outcome(counts=counted(unchanged=40), questions=(missing,)),
        "missing_said": outcome(
            counts=counted(new=2), questions=(question, missing), reply_to="S-000041", claims_said=SAID
        ),
        "mixed": outcome(
            counts=counted(new=98, rejected=2, skipped=3),
            problems=two,
            warnings=warnings,
            cases=CASES,
            cases_more=73,
            principal=(Money(4567890),),
            skipped=skipped,
            corrections=(correction,),
        ),
        "resent": outcome(
            counts=counted(new=2, changed=5, under_review=1, unchanged=100, rejected=3, awaiting=2),
            problems=two[:1],
            questions=(question,),
            cases=CASES,
            principal=(Money(133356),),
        ),
        "rejected": outcome(
            counts=counted(rejected=300),
            problems=many,
            problems_more=280,
            corrections=(correction,),
            not_taken=(refused_file(language),),
        ),
        "joined": outcome(
            counts=counted(new=98, rejected=1),
            problems=(mistake(language, 14, Code.DEBTOR_UNKNOWN, "Konto", "10099", number="10099"),),
            customers=customers_of(language),
            cases=CASES,
            principal=(Money(133356),),
            corrections=(correction,),
        ),
        "known": outcome(counts=counted(unchanged=100), attachments=("offene-posten.outcome.csv",)),
        "empty": outcome(counts=Counts()),
        "test_mode": outcome(
            counts=counted(new=1), mode="test", cases=CASES[1:], principal=(Money(9900),), subject=None
        ),
        **invoices(language),
    }


def notices(language):
    """One record a short answer, by the name of its template."""
    choices = (
        AccountChoice(name="Fahrrad Lindner GmbH", address="lindner@inkasso.example"),
        AccountChoice(name="Praxis Dr. Öz", address="oez@inkasso.example"),
    )
    return {
        "claimed": Claimed(**SENT, sha256="ab" * 32, size_bytes=48_211),
        "set_aside": SetAside(**SENT),
        "no_attachment": NoAttachment(**SENT),
        "master_data": MasterData(
            **SENT, customers=customers_of(language), not_taken=(refused_file(language),)
        ),
        "unreadable": Unreadable(**SENT, not_taken=(refused_file(language),)),
        "missing_answered": MissingAnswered(
            **SENT, asked_by="S-000041", said=SAID, said_more=3, waiting=GONE[language]
        ),
        "missing_unclear": MissingUnclear(
            **SENT,
            asked_by="S-000041",
            doubts=tuple(ClaimDoubt(why=why, about="RE-1009") for why in Why),
            said=SAID[:1],
            waiting=GONE[language],
            has_other_questions=True,
        ),
        "which_account": WhichAccount(**(SENT | {"account": ""}), choices=choices),
    }
