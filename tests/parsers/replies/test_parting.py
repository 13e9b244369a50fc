"""Where several questions wait, each line of a reply goes to the one that it answers."""

import pytest

from parsers.replies.choices import Posed
from parsers.replies.parting import part

MARK = Posed(number=1, question_id="decimal_mark:betrag", choices=("Komma", "Punkt"))
HIDDEN = Posed(number=1, question_id="hidden_rows:rows", choices=("ja", "nein"))


@pytest.mark.parametrize(
    ("said", "others", "own", "rest"),
    [
        ("2: alle noch offen", [], "alle noch offen", ""),
        ("12.03. bezahlt", [], "12.03. bezahlt", ""),
        ("1: Komma\n2: alle noch offen", [MARK], "alle noch offen", "1: Komma"),
        ("Komma\nRE-1 bezahlt am 3.2.", [MARK], "RE-1 bezahlt am 3.2.", "Komma"),
        ("Hallo,\nalle noch offen", [MARK], "Hallo,\nalle noch offen", ""),
        ("ja\n2. alle noch offen", [HIDDEN], "alle noch offen", "ja"),
        ("nein, alle noch offen", [HIDDEN], "nein, alle noch offen", ""),
        ("1) nein", [HIDDEN], "", "1) nein"),
    ],
)
def test_a_line_goes_to_the_question_that_it_answers(said, others, own, rest):
    assert part(said, 2, others) == (own, rest)
