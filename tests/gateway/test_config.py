import os
import re
import tomllib
from pathlib import Path

import pytest

from gateway.addresses import FormError, Listen, Smarthost, parse_listen, parse_smarthost
from gateway.config import Config
from gateway.config_faults import RefusedConfigError
from storage.errors import ConfigError

ROOT = Path(__file__).parents[2]
BAD_CONFIGS = sorted((ROOT / "tests/samples/configs").glob("*.toml"))
EXAMPLE = ROOT / "config.example.toml"


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch):
    monkeypatch.chdir(ROOT)
    for name in os.environ:
        if name.startswith("INKASSO_"):
            monkeypatch.delenv(name)


def written(tmp_path, text):
    file = tmp_path / "config.toml"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize("file", BAD_CONFIGS, ids=lambda file: file.stem)
def test_a_bad_config_is_refused_with_the_sentences_in_its_head(file):
    head = file.read_text(encoding="utf-8").partition("\n\n")[0]
    expected = [line.removeprefix("# ") for line in head.splitlines()]

    with pytest.raises(RefusedConfigError) as refused:
        Config.load(file)

    assert expected == [str(fault).replace(str(file), "FILE") for fault in refused.value.faults]


def test_every_fault_of_a_config_stands_in_one_message():
    with pytest.raises(ConfigError) as refused:
        Config.load(ROOT / "tests/samples/configs/28-every-fault-at-once.toml")

    message = str(refused.value)
    assert message.startswith("The configuration cannot serve, 8 faults:\n")
    assert len(message.splitlines()) == 9


def test_the_example_config_is_the_defaults():
    assert Config() == Config.load(EXAMPLE)


def test_the_example_config_explains_every_key_that_there_is():
    text = EXAMPLE.read_text(encoding="utf-8")
    mailbox = re.findall(r"^# (\w+) = .*# ", text, re.MULTILINE)
    keys = {name: set(values) for name, values in tomllib.loads(text).items()}
    keys["imap"] = set(mailbox)

    assert {name: set(_keys(name)) for name in Config.model_fields} == keys
    for line in text.splitlines():
        if re.match(r"(# )?\w+ = ", line):
            assert re.search(r" = .+  # \w", line), line


def _keys(section):
    from gateway.config import Imap

    model = Imap if section == "imap" else Config.model_fields[section].annotation
    return model.model_fields


def test_without_a_file_the_defaults_hold(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    assert Config() == Config.load()


def test_a_config_in_the_working_folder_is_found(tmp_path, monkeypatch):
    written(tmp_path, '[intake]\ndomain = "Forderung.Example"\n')
    monkeypatch.chdir(tmp_path)

    assert Config.load().intake.domain == "forderung.example"


def test_a_config_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(ConfigError, match="cannot be opened"):
        Config.load(tmp_path / "none.toml")


def test_the_environment_goes_over_the_file(tmp_path, monkeypatch):
    file = written(tmp_path, '[smtp]\nlisten = "127.0.0.1:2500"\n[lmtp]\nlisten = "127.0.0.1:2400"\n')
    monkeypatch.setenv("INKASSO_SMTP__LISTEN", "127.0.0.1:2525")

    config = Config.load(file)

    assert config.smtp.listen == "127.0.0.1:2525"
    assert config.lmtp.listen == "127.0.0.1:2400"


def test_an_empty_variable_switches_a_part_off(monkeypatch):
    monkeypatch.setenv("INKASSO_SMTP__LISTEN", "")

    assert Config.load().smtp.address is None


def test_mailboxes_can_be_given_in_the_environment(monkeypatch):
    monkeypatch.setenv("INKASSO_IMAP", '[{"host": "imap.example", "user": "u", "password": "p"}]')

    assert [mailbox.host for mailbox in Config.load().imap] == ["imap.example"]


@pytest.mark.parametrize("name", ["INKASSO_STOR__URL", "INKASSO_STORE_URL", "INKASSO_STORE__ULR"])
def test_a_misspelled_variable_is_refused(name, monkeypatch):
    monkeypatch.setenv(name, "sqlite:///elsewhere.db")

    with pytest.raises(RefusedConfigError):
        Config.load()


def test_a_variable_that_is_no_json_is_refused(monkeypatch):
    monkeypatch.setenv("INKASSO_SMTP", "{")

    with pytest.raises(RefusedConfigError, match="INKASSO_SMTP__KEY"):
        Config.load()


def test_answers_come_from_the_intake_domain_unless_named(tmp_path):
    file = written(tmp_path, '[intake]\ndomain = "forderung.example"\n')

    assert Config.load(file).delivery.sender == "inkasso@forderung.example"


def test_a_config_saved_with_a_byte_order_mark_is_read(tmp_path):
    file = tmp_path / "config.toml"
    file.write_bytes(b'\xef\xbb\xbf[smtp]\nlisten = ""\n')

    assert Config.load(file).smtp.listen == ""


def test_secrets_are_not_shown(tmp_path, monkeypatch):
    monkeypatch.setenv("INKASSO_DELIVERY__SMARTHOST", "smtp://user:geheim@mail.example:587")
    config = Config.load()

    assert "geheim" not in repr(config)
    assert "geheim" not in repr(config.delivery.relay)


@pytest.mark.parametrize("text", ["mail example", "smtp://user:geheim@", "ftp://user:geheim@host"])
def test_a_refused_smarthost_does_not_show_its_password(text, monkeypatch):
    monkeypatch.setenv("INKASSO_DELIVERY__SMARTHOST", text)

    with pytest.raises(RefusedConfigError) as refused:
        Config.load()

    assert "geheim" not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", None),
        ("127.0.0.1:8025", Listen("127.0.0.1", 8025)),
        ("localhost:0", Listen("localhost", 0)),
        ("[::1]:25", Listen("::1", 25)),
    ],
)
def test_listen_is_host_and_port(text, expected):
    assert expected == parse_listen(text)


@pytest.mark.parametrize("text", ["8025", ":25", "host:", "host:x", "host:65536", "a b:25", "host:٢٥"])
def test_listen_in_another_form_is_refused(text):
    with pytest.raises(FormError):
        parse_listen(text)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("127.0.0.1:80", "127.0.0.1:80", True),
        ("127.0.0.1:80", "localhost:80", True),
        ("0.0.0.0:80", "127.0.0.1:80", True),
        ("127.0.0.1:80", "127.0.0.2:80", False),
        ("127.0.0.1:80", "127.0.0.1:81", False),
        ("127.0.0.1:0", "127.0.0.1:0", False),
    ],
)
def test_two_parts_collide_on_one_port_of_one_host(one, other, expected):
    assert expected == parse_listen(one).collides_with(parse_listen(other))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", None),
        ("mail.example:587", Smarthost(host="mail.example", port=587)),
        ("mail.example", Smarthost(host="mail.example", port=587)),
        ("127.0.0.1:2525", Smarthost(host="127.0.0.1", port=2525, tls="none")),
        (
            "smtp://user:p%40ss@mail.example:25",
            Smarthost(host="mail.example", port=25, user="user", password="p@ss"),
        ),
        ("smtps://mail.example", Smarthost(host="mail.example", port=465, tls="implicit")),
    ],
)
def test_the_smarthost_is_used_over_tls_except_on_this_machine(text, expected):
    assert expected == parse_smarthost(text)
