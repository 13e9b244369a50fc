import os
import re
from html.parser import HTMLParser
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import answer
from bot.outcome import CaseLine, Counts, NotTaken
from parsers.problems import Code
from storage.money import Money
from tests.bot.outcomes import CASES, counted, mistake, notices, outcome, outcomes

GOLDEN = Path(__file__).parent / "golden"
LANGUAGES = ("de", "en")
WORD = re.compile(r"[\w.,-]*\w")
HOSTILE = "<script>alert(1)</script>{{7*7}}{% raw %}\r\nBcc: victim@example.org\x00\u202e"


def rendered(name, language):
    if name in outcomes(language):
        return answer.render_outcome(outcomes(language)[name], language)
    return getattr(answer, f"render_{name}")(notices(language)[name], language)


def result(language="de", **counts):
    text = answer.render_outcome(outcome(counts=counted(**counts)), language).text
    return text.split("\n")[2]


class Page(HTMLParser):
    """The visible words and the elements of a page."""

    def __init__(self, page):
        super().__init__()
        self.words, self.tags, self._unseen = [], [], False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self._unseen = tag in {"style", "title"}

    def handle_data(self, data):
        if not self._unseen:
            self.words.append(data)

    @property
    def text(self):
        return " ".join(" ".join(self.words).split())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [*outcomes("de"), *notices("de")])
def test_an_answer_reads_word_for_word_as_its_golden_file(name, language):
    said = rendered(name, language)
    golden = GOLDEN / f"{name}.{language}.txt"
    written = f"{said.subject}\n\n{said.text}"
    if os.environ.get("GOLDEN"):
        golden.write_text(written, encoding="utf-8")
    assert written == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [*outcomes("de"), *notices("de")])
def test_every_word_and_figure_of_the_text_is_in_the_html_too(name, language):
    said = rendered(name, language)
    assert set(WORD.findall(said.text.casefold())) <= set(WORD.findall(Page(said.html).text.casefold()))


@pytest.mark.parametrize("name", [*outcomes("de"), *notices("de")])
def test_a_page_needs_nothing_from_outside_and_carries_its_style_in_its_elements(name):
    said = rendered(name, "de")
    page = Page(said.html)
    assert not [
        tag for tag, attributes in page.tags if tag in {"img", "link", "script", "a"} or "src" in attributes
    ]
    assert 'class="result" style="color: #1b2430' in said.html
    assert "prefers-color-scheme: dark" in said.html
    assert "http" not in said.html.replace("http-equiv", "")


def test_a_hostile_name_is_shown_and_does_nothing():
    said = answer.render_outcome(
        outcome(
            counts=counted(new=1, rejected=1),
            source=HOSTILE,
            account=HOSTILE,
            problems=(mistake("de", 3, Code.AMOUNT_UNREADABLE, HOSTILE, HOSTILE),),
            cases=(CaseLine(number="26-004711-2", debtor=HOSTILE, claims=1, principal=Money(1)),),
            not_taken=(NotTaken(name=HOSTILE, message=HOSTILE, fix=HOSTILE),),
            corrections=(HOSTILE,),
            attachments=(HOSTILE,),
        ),
        "de",
    )
    assert not [tag for tag, _ in Page(said.html).tags if tag == "script"]
    assert "&lt;script&gt;" in said.html
    assert "{{7*7}}" in said.text
    assert "{{7*7}}" in said.html
    assert "\u202e" not in said.text + said.html
    assert "\nBcc" not in said.text


def test_a_hostile_name_in_a_short_answer_stays_a_line_of_its_list():
    record = msgspec.structs.replace(
        notices("de")["unreadable"],
        not_taken=(NotTaken(name="x\n\n## Gewonnen\n\n- <b>y</b>", message="kaputt.", fix="neu."),),
    )
    said = answer.render_unreadable(record, "de")
    assert "- x ## Gewonnen - <b>y</b>: kaputt. neu." in said.text
    assert "<b>y" not in said.html


def test_the_subject_keeps_the_thread_and_names_the_submission():
    assert (
        answer.render_outcome(outcome(counts=counted(new=1)), "de").subject
        == "Re: Offene Posten April [S-000042]"
    )


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("Re: AW: Offene Posten", "Re: Offene Posten [S-000042]"),
        ("Offene Posten [S-000017]", "Re: Offene Posten [S-000042]"),
        ("AW[2]: x\r\nBcc: victim@example.org", "Re: x Bcc: victim@example.org [S-000042]"),
        ("", "Die eine Zeile ist übernommen [S-000042]"),
        ("Re: ", "Die eine Zeile ist übernommen [S-000042]"),
        (None, "Die eine Zeile ist übernommen [S-000042]"),
    ],
)
def test_a_subject_is_one_clean_line(theirs, ours):
    assert answer.render_outcome(outcome(counts=counted(new=1), subject=theirs), "de").subject == ours


@given(st.text())
@settings(max_examples=60)
def test_no_subject_breaks_the_header_or_grows_long(theirs):
    subject = answer.render_set_aside(
        msgspec.structs.replace(notices("de")["set_aside"], subject=theirs), "de"
    ).subject
    assert subject.isprintable() or not any(char in subject for char in "\r\n\0")
    assert len(subject) <= answer.SUBJECT_LENGTH_MAX
    assert subject.endswith("[S-000042]")


def test_an_answer_about_an_unproven_message_repeats_none_of_its_words():
    said = rendered("claimed", "de")
    assert "Offene Posten" not in said.subject + said.text + said.html
    assert "offene-posten" not in said.text + said.html


@pytest.mark.parametrize(
    ("counts", "german", "english"),
    [
        ({"new": 1}, "Die eine Zeile ist übernommen.", "The one row has been taken."),
        ({"new": 1000}, "Alle 1.000 Zeilen sind übernommen.", "All 1,000 rows have been taken."),
        (
            {"new": 98, "rejected": 2},
            "98 von 100 Zeilen sind übernommen, 2 bitte korrigieren.",
            "98 of 100 rows have been taken, 2 need correcting.",
        ),
        (
            {"new": 1, "rejected": 1, "skipped": 1},
            "1 von 3 Zeilen ist übernommen, 1 bitte korrigieren, 1 enthält keine Forderung.",
            "1 of 3 rows has been taken, 1 needs correcting, 1 holds no claim.",
        ),
        (
            {"unchanged": 7},
            "Diese Liste kennen wir schon: nichts geändert.",
            "We know this list already: nothing changed.",
        ),
        (
            {"unchanged": 7, "skipped": 1},
            "Diese Liste kennen wir schon: nichts geändert.",
            "We know this list already: nothing changed.",
        ),
        (
            {"unchanged": 1},
            "Diese Zeile kennen wir schon: nichts geändert.",
            "We know this row already: nothing changed.",
        ),
        (
            {"new": 2, "unchanged": 98},
            "Von 100 Zeilen haben wir 2 neu übernommen, 98 kannten wir schon.",
            "Of 100 rows, 2 are newly taken, 98 were known already.",
        ),
        (
            {"unchanged": 98, "rejected": 2},
            "Von 100 Zeilen kannten wir 98 schon, 2 bitte korrigieren.",
            "Of 100 rows, 98 were known already, 2 need correcting.",
        ),
        ({"changed": 1}, "Die geänderte Zeile ist übernommen.", "The changed row has been taken."),
        ({"changed": 3}, "Alle 3 geänderten Zeilen sind übernommen.", "All 3 changed rows have been taken."),
        (
            {"changed": 1, "under_review": 1},
            "Ihre Änderung ist da, wir prüfen sie noch.",
            "Your change has arrived; we are still checking it.",
        ),
        (
            {"changed": 2, "under_review": 2, "rejected": 1},
            "Von 3 Zeilen prüfen wir 2 geänderte noch, 1 bitte korrigieren.",
            "Of 3 rows, we are still checking 2 changes, 1 needs correcting.",
        ),
        (
            {"rejected": 1},
            "Die eine Zeile ist noch nicht übernommen: bitte korrigieren.",
            "The one row has not been taken yet: please correct it.",
        ),
        (
            {"rejected": 12},
            "Noch ist keine der 12 Zeilen übernommen: bitte korrigieren.",
            "None of the 12 rows has been taken yet: please correct them.",
        ),
        (
            {"rejected": 12, "awaiting": 1, "skipped": 2},
            (
                "Von 14 Zeilen ist noch keine übernommen: 11 bitte korrigieren, 1 wartet auf Ihre Antwort, "
                "2 enthalten keine Forderung."
            ),
            (
                "Of 14 rows, none has been taken yet: 11 need correcting, 1 waits for your answer, "
                "2 hold no claim."
            ),
        ),
        (
            {"rejected": 12, "awaiting": 12},
            "Noch ist nichts übernommen: Wir brauchen erst Ihre Antwort.",
            "Nothing has been taken yet: we need your answer first.",
        ),
        (
            {"skipped": 1},
            "Die eine Zeile Ihrer Liste enthält keine Forderung: nichts übernommen.",
            "The one row of your list holds no claim: nothing taken.",
        ),
        (
            {"skipped": 5},
            "Keine der 5 Zeilen enthält eine Forderung: nichts übernommen.",
            "None of the 5 rows holds a claim: nothing taken.",
        ),
        (
            {},
            "Ihre Liste ist leer: Es steht keine Forderung darin.",
            "Your list is empty: there is no claim in it.",
        ),
    ],
)
def test_one_sentence_says_what_became_of_the_list(counts, german, english):
    assert result("de", **counts) == german
    assert result("en", **counts) == english


def test_a_list_that_could_not_be_opened_is_not_called_empty():
    said = answer.render_outcome(
        outcome(counts=counted(), not_taken=(NotTaken(name="a.xlsx", message="Kennwort.", fix="Ohne."),)),
        "de",
    )
    assert "Ihre Datei konnten wir nicht übernehmen." in said.text
    assert "leer" not in said.text


def test_sums_of_two_currencies_are_never_added():
    said = answer.render_outcome(
        outcome(counts=counted(new=2), cases=CASES, principal=(Money(1234567), Money(500, "CHF"))), "de"
    )
    assert "12.345,67\u00a0€ + 5,00\u00a0CHF" in said.text


def test_an_unknown_language_is_answered_in_german():
    assert answer.render_outcome(outcome(counts=counted(new=1)), "fr").text.startswith("Danke")


def test_counts_that_do_not_add_up_are_never_told():
    with pytest.raises(AssertionError, match="counted once"):
        Counts(rows_total=2, new=1)


@pytest.mark.parametrize(
    ("corrections", "rejected", "said"),
    [
        (("a-Korrektur.csv", "b-Korrektur.csv"), 30, "Alle sind im Anhang markiert."),
        (("a-Korrektur.csv",), 30, "Im Anhang ist auch davon markiert, was Platz hat."),
        (("a-Korrektur.csv", "b-Korrektur.csv"), 20_000, "Im Anhang ist auch davon markiert, was Platz hat."),
        ((), 30, "Dazu kommen 28 weitere Zeilen.\n"),
    ],
)
def test_what_is_not_marked_is_not_said_to_be(corrections, rejected, said):
    two = [mistake("de", 2, Code.NAME_MISSING, "Name", document=name) for name in ("a.csv", "b.csv")]
    text = answer.render_outcome(
        outcome(
            counts=counted(rejected=rejected), problems=tuple(two), problems_more=28, corrections=corrections
        ),
        "de",
    ).text
    assert said in text
