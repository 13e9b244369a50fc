import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.grids.encoding import detect_encoding
from parsers.sheets.survey import is_garbled

GERMAN = "Name;Straße;Ort\r\nMüller;Königsallee 5;Köln\r\nWeiß;Große Gasse;Düsseldorf\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "cp850", "mac_roman"])
def test_german_text_is_recognised_by_its_umlauts(tmp_path, encoding):
    path = tmp_path / "list.csv"
    path.write_bytes(GERMAN.encode(encoding))
    assert detect_encoding(path) == encoding


@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "mac_roman"])
@pytest.mark.parametrize(
    "word",
    [
        "Fälligkeit",
        "Fällig am",
        "Straße",
        "STRAßE",
        "Müller",
        "MÜLLER",
        "Größe",
        "Weiß & Söhne",
        "Ärzte GmbH",
        "ÄRZTE",
        "Öl",
        "Übung",
        "Köln",
        "Groß=Handel",
        "Geschäftsführer",
        "Gebühr",
        "Spaß",
        "für",
        "Bär",
        "Jörg",
    ],
)
def test_one_german_word_is_enough(tmp_path, encoding, word):
    path = tmp_path / "list.csv"
    path.write_bytes(f"Name;{word};Ort\r\n{word};x;y\r\n".encode(encoding))
    assert detect_encoding(path) == encoding


@pytest.mark.parametrize(
    "word", ["Sánchez", "Márquez", "José", "Björn", "Tomaš", "Ákos", "Łódź", "René", "Zoë", "Škoda", "Žižek"]
)
def test_one_foreign_name_stays_a_name(tmp_path, word):
    path = tmp_path / "list.csv"
    path.write_bytes(f"Name;Ort\r\n{word};x\r\n".encode("cp1252", "ignore"))
    assert detect_encoding(path) in {"cp1252", "utf-8"}


def test_text_of_two_bytes_without_a_mark_is_recognised_by_its_zeros(tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes(GERMAN.encode("utf-16-le"))
    assert detect_encoding(path) == "utf-16-le"


@pytest.mark.parametrize("text", ["José;Peña", "Šimić und Tomaš", "Preis 5 € – bar", "„Adler“ GmbH"])
def test_windows_text_without_umlauts_stays_windows_text(tmp_path, text):
    path = tmp_path / "list.csv"
    path.write_bytes(text.replace("ć", "c").encode("cp1252"))
    assert detect_encoding(path) == "cp1252"


def test_one_letter_far_down_decides(tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes(b"abc;def\r\n" * 200_000 + "Müller".encode("cp1252"))
    assert detect_encoding(path) == "cp1252"


def test_a_letter_that_is_cut_at_the_end_is_no_utf8(tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes("Müller".encode()[:2])
    assert detect_encoding(path) != "utf-8"


@given(st.binary(max_size=300))
def test_any_bytes_have_an_encoding(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("bytes") / "file"
    path.write_bytes(content)
    content.decode(detect_encoding(path), "replace")


@pytest.mark.parametrize("text", ["MÃ¼ller", "Bank S.Ã\xa0r.l.", "Bank S.Ã r.l.", "Vis-Ã -vis", "Gro\ufffd"])
def test_text_that_was_decoded_twice_is_known_as_broken(text):
    assert is_garbled(text)


@pytest.mark.parametrize(
    "text", ["JOÃO", "IRMÃ LDA", "Irmã Lda", "S.à r.l.", "Vis-à-vis", "Âge d'or", "Ângela"]
)
def test_foreign_letters_are_not_broken_ones(text):
    assert not is_garbled(text)
