"""The doctor: every part tried, what is wrong named with its remedy, nothing left behind."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import ran
from tests.deliver.sink import Sink, free_port
from tests.llm.server import ModelServer


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def server(empty: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelServer]:
    with ModelServer() as server:
        monkeypatch.setenv("DIGEST_LLM_BASE_URL", server.base_url)
        monkeypatch.setenv("DIGEST_LLM_MODEL_CHEAP", "fake-cheap")
        monkeypatch.setenv("DIGEST_LLM_MODEL_BEST", "fake-best")
        yield server


def row(what: str) -> tuple[str, str]:
    found = {each["what"]: (each["state"], each["note"]) for each in ran("doctor", "--json").rows}
    return found[what]


def test_an_empty_folder_stays_empty(empty: Path) -> None:
    done = ran("doctor")
    assert done.code == 0, done.err
    assert list(empty.iterdir()) == []
    assert row("database") == ("note", "no database digest.db; run: digest run, or digest collect")
    assert row("mail") == ("note", "no [mail] smtp_url: nothing is sent")
    assert row("model")[0] == "ok"


def test_a_damaged_database_is_one_line_of_several(empty: Path) -> None:
    (empty / "digest.db").write_bytes(b"no database " * 100)
    done = ran("doctor")
    assert done.code == 1
    assert "database" in done.err
    assert {line.split()[0] for line in done.out.splitlines()} >= {"configuration", "database", "sources", "model"}


def test_the_models_are_listed_and_one_answers(server: ModelServer) -> None:
    state, note = row("model")
    assert state == "ok"
    assert "answered as asked (json_schema)" in note
    assert "fake-best, fake-cheap, gpt-4o, gpt-4o-mini" in note
    assert server.calls == 1


def test_a_model_that_is_missing_is_named(server: ModelServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIGEST_LLM_MODEL_BEST", "nowhere")
    state, note = row("model")
    assert state == "wrong"
    assert "no model nowhere: " in note
    assert "has fake-best, fake-cheap" in note
    assert ran("doctor").code == 1


@pytest.mark.parametrize(
    ("mode", "said"),
    [
        ("unauthorised", "check the key"),
        ("down", "check [llm] base_url"),
        ("unknown_model", "set [llm] model_cheap"),
        ("prose", "choose another one"),
        ("refusal", "refused"),
    ],
)
def test_what_the_server_lacks_is_said(server: ModelServer, mode: str, said: str) -> None:
    server.mode = mode
    state, note = row("model")
    assert (state, said in note) == ("wrong", True), note


def test_a_server_that_is_not_there_is_said(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIGEST_LLM_BASE_URL", f"http://127.0.0.1:{free_port()}/v1")
    assert row("model")[0] == "wrong"


def test_no_key_for_a_model_that_is_asked_for_is_wrong(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIGEST_DIGEST_ENGINE", "openai")
    state, note = row("model")
    assert (state, "no key" in note) == ("wrong", True)


def test_where_calls_are_forbidden_none_is_made(server: ModelServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIGEST_MODEL", "forbidden")
    assert row("model")[0] == "note"
    assert server.calls == 0


def test_what_the_doctor_s_question_costs_is_on_the_month_s_bill(
    server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIGEST_LLM_USD_PER_MILLION_INPUT", "1")
    monkeypatch.setenv("DIGEST_LLM_USD_PER_MILLION_OUTPUT", "1")
    ran("run", "--day", "2026-06-02", "--no-collect", "--engine", "local")  # makes a database
    ran("doctor")
    ran("doctor")  # asks again: an answer of before says nothing of the server of now
    assert server.calls == 2
    with closing(sqlite3.connect("digest.db")) as database:
        assert database.execute("SELECT count(*), min(usd) > 0 FROM payments").fetchone() == (2, 1)


def test_the_mail_server_is_greeted_and_sent_nothing(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIGEST_SECRET", "a secret that is long enough to sign links with")
    with Sink() as sink:
        monkeypatch.setenv("DIGEST_MAIL_SMTP_URL", sink.url)
        assert row("mail") == ("ok", f"{sink.url} answers")
        assert sink.messages == []
        monkeypatch.delenv("DIGEST_SECRET")
        assert row("mail")[0] == "wrong"
    assert row("mail")[0] == "wrong"


def test_a_login_is_tried(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIGEST_SECRET", "a secret that is long enough to sign links with")
    with Sink(password="right") as sink:
        monkeypatch.setenv("DIGEST_MAIL_SMTP_URL", f"smtp://news@127.0.0.1:{sink.port}")
        assert "has no password" in row("mail")[1]
        monkeypatch.setenv("DIGEST_SMTP_PASSWORD", "wrong")
        assert row("mail")[0] == "wrong"
        monkeypatch.setenv("DIGEST_SMTP_PASSWORD", "right")
        assert row("mail") == ("ok", f"127.0.0.1:{sink.port} answers and lets us in")
