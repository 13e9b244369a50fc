from bot.outcome_table import LINES_A_PIECE, outcome_csv, outcome_csv_pieces
from storage.intake.results import RowOutcome
from storage.money import Money

ROWS = [
    RowOutcome(
        document=0,
        row=2,
        decision="new",
        case="26-004711-2",
        invoice="-R1",
        debtor="=HYPERLINK(1);\nMüller",
        principal=Money(-123456),
    ),
    RowOutcome(
        document=0, row=3, decision="rejected", problem="Der Betrag fehlt.", fix="Tragen Sie ihn ein."
    ),
]


def test_the_table_has_the_form_of_a_csv_for_creditors():
    assert outcome_csv(ROWS, "de", ["liste.csv"]).decode("utf-8-sig").split("\r\n") == [
        "Zeile;Ergebnis;Aktenzeichen;Rechnung;Kunde;Betrag;Problem;Abhilfe;Datei",
        "2;übernommen;26-004711-2;'-R1;\"'=HYPERLINK(1); Müller\";-1234,56;;;liste.csv",
        "3;abgelehnt;;;;;Der Betrag fehlt.;Tragen Sie ihn ein.;liste.csv",
        "",
    ]
    assert outcome_csv(ROWS, "de", ["liste.csv"]).startswith(b"\xef\xbb\xbf")


def test_a_table_without_rows_is_its_header():
    assert outcome_csv([], "en", []).decode("utf-8-sig") == (
        "Row;Result;Case number;Invoice;Customer;Amount;Problem;Remedy;File\r\n"
    )


def test_a_long_table_comes_in_pieces_that_join_to_the_whole():
    rows = [RowOutcome(document=0, row=row, decision="unchanged") for row in range(3 * LINES_A_PIECE + 1)]
    pieces = list(outcome_csv_pieces(rows, "en", ["=a.csv"]))
    assert len(pieces) == 5
    assert pieces[-1].endswith(b";'=a.csv\r\n")
    assert b"".join(pieces).count(b"\r\n") == len(rows) + 1
