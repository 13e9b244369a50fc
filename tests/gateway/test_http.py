import re
import socket
import threading
import urllib.error
import urllib.request
from contextlib import contextmanager

import pytest

from gateway.http import create_app
from gateway.metrics import Metrics


class Standing:
    """A status as a running gateway gives it."""

    def __init__(self):
        self.reason = ""
        self.metrics = Metrics()

    def ready(self):
        return not self.reason, self.reason

    def render_metrics(self):
        return self.metrics.render()


@contextmanager
def served(app):
    """The address of the app, served by the real server on a free port."""
    import uvicorn

    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off", ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture(scope="module")
def standing():
    return Standing()


@pytest.fixture(scope="module")
def address(standing):
    with served(create_app(standing, "forderung.example")) as address:
        yield address


def get(url, **headers):
    request = urllib.request.Request(url, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.headers, refused.read().decode()


def test_the_landing_page_says_in_german_where_to_send_claims(address):
    status, headers, page = get(f"{address}/")

    assert status == 200
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert '<html lang="de">' in page
    assert "mailto:eingang@forderung.example" in page
    assert "width=device-width" in page


@pytest.mark.parametrize(
    ("query", "accepts", "language"),
    [
        ("", "en-GB,en;q=0.9", "en"),
        ("", "fr,en;q=0.5", "en"),
        ("", "fr", "de"),
        ("?lang=de", "en", "de"),
        ("?lang=en", "de", "en"),
        ("?lang=%3Cb%3E", "", "de"),
    ],
)
def test_the_page_speaks_the_language_asked_for_then_the_browsers(address, query, accepts, language):
    _, _, page = get(f"{address}/{query}", **{"Accept-Language": accepts})

    assert f'<html lang="{language}">' in page


@pytest.mark.parametrize("path", ["/", "/?lang=en", "/docs"])
def test_pages_load_nothing_from_elsewhere(address, path):
    _, headers, page = get(address + path)

    assert "<script" not in page
    assert re.findall(r'(?:src|href)="(?:https?:)?//', page) == []
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'sha256-")


def test_the_docs_name_every_operation_of_the_description(address):
    import json

    description = json.loads(get(f"{address}/openapi.json")[2])
    _, _, page = get(f"{address}/docs")

    assert {"/healthz", "/readyz", "/metrics"} <= set(description["paths"])
    for path in description["paths"]:
        assert f"<code>{path}</code>" in page


def test_health_says_that_the_process_is_alive(address):
    assert get(f"{address}/healthz")[::2] == (200, '{"service":"inkasso-gateway","alive":true}')


def test_readiness_is_refused_with_its_reason(address, standing):
    assert get(f"{address}/readyz")[::2] == (200, '{"ready":true,"reason":""}')

    standing.reason = "the store takes no writes"
    try:
        assert get(f"{address}/readyz")[::2] == (503, '{"ready":false,"reason":"the store takes no writes"}')
    finally:
        standing.reason = ""


def test_metrics_are_told_in_the_form_that_prometheus_reads(address, standing):
    from prometheus_client.parser import text_string_to_metric_families

    standing.metrics.accepted("smtp")
    standing.metrics.refused("unknown-sender")
    standing.metrics.rows("new", 100)
    standing.metrics.queue_depth("waiting", 3)
    standing.metrics.answered("sent", 0.4)

    _, headers, text = get(f"{address}/metrics")

    assert headers["Content-Type"].startswith("text/plain")
    samples = {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }
    assert samples["inkasso_submissions_accepted_total", "smtp"] == 1
    assert samples["inkasso_submissions_refused_total", "unknown-sender"] == 1
    assert samples["inkasso_rows_total", "new"] == 100
    assert samples["inkasso_queue_depth", "waiting"] == 3
    assert samples["inkasso_answers_total", "sent"] == 1
    assert samples["inkasso_answer_seconds_bucket", "0.5"] == 1


def test_two_gateways_in_one_process_count_apart():
    one, other = Metrics(), Metrics()
    one.accepted("folder")

    assert b'channel="folder"' in one.render()
    assert b'channel="folder"' not in other.render()


def test_what_is_not_there_is_not_found(address):
    status, headers, _ = get(f"{address}/wp-admin")

    assert status == 404
    assert headers["X-Content-Type-Options"] == "nosniff"
