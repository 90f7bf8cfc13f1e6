"""What a model may cost: said before, capped for a run and a month, saved in the declared order, and billed."""

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from digest.domain.issue import Issue
from digest.llm.budget import DEGRADATION
from tests.cli.conftest import ran
from tests.llm.server import ModelServer
from tests.whole.claims import claims, editions, faults, sources

ONE = ("run", "--week", "2026-W25", "--sample", "--engine", "openai", "--no-collect", "--publication", "recsys-weekly")


def _paid() -> float:
    with closing(sqlite3.connect("sample/digest.db")) as database:
        return float(database.execute("SELECT coalesce(sum(usd), 0) FROM payments").fetchone()[0])


def _whole() -> float:
    """Return what the number is going to cost by estimate."""
    return float(re.findall(r"about \$([\d.]+) in all", ran(*ONE, "--estimate").out)[0])


def _pay(usd: float, day: str) -> None:
    """Put a payment of another run in the store."""
    with closing(sqlite3.connect("sample/digest.db")) as database:
        database.execute(
            "INSERT INTO payments (at, model, prompt_hash, calls, prompt_tokens, completion_tokens, usd) "
            "VALUES (CAST(strftime('%s', ?) AS INTEGER) * 1000000, 'm', 'p', 1, 1, 1, ?)",
            (day, usd),
        )
        database.commit()


def _forget() -> None:
    with closing(sqlite3.connect("sample/digest.db")) as database:
        for table in ("answers", "payments", "records"):
            database.execute(f"DELETE FROM {table}")  # noqa: S608  names of our own
        database.commit()


def _published(folder: Path) -> list[Issue]:
    found = editions(folder / "sample/public", "recsys-weekly")
    texts = sources(folder / "sample/digest.db")
    assert len(found) == 2
    assert [fault for issue in found.values() for fault in faults(issue, texts)] == []
    assert all(list(claims(issue)) for issue in found.values())
    return list(found.values())


def _notes(issues: list[Issue]) -> str:
    return " ".join(note for issue in issues for note in issue.engine_notes)


def test_what_it_would_cost_is_said_and_nothing_is_asked(here: Path, writer: ModelServer) -> None:
    said = ran(*ONE, "--estimate").out
    assert writer.calls == 0
    steps = re.findall(
        r"^recsys-weekly 2026-W25: ([\w ]+): (\d+) calls, (\d+) tokens, \$[\d.]+ \((\S+)\)$", said, re.MULTILINE
    )
    assert {step for step, *_ in steps} >= {"score", "write notes", "name threads", "write overview", "translate"}
    assert {model for *_, model in steps} == {"fake-cheap", "fake-best"}
    assert "fake-best: $0.1 and $0.1 for a million tokens" in said
    assert "that of a month $20.00; $2.00 may be spent now" in said
    reckoned = float(re.findall(r"about \$([\d.]+) in all", said)[0])
    assert reckoned == pytest.approx(sum(float(t) for _, _, t, _ in steps) / 1e7, rel=0.01)
    assert ran(*ONE).code == 0
    assert 0.3 < _paid() / reckoned < 1.2
    assert writer.calls == pytest.approx(sum(int(count) for _, count, _, _ in steps), rel=0.3)


def test_an_estimate_of_nothing_says_so(tmp_path: Path, writer: ModelServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "nothing of it yet" in ran(*ONE, "--estimate").out


def test_the_bill_stands_in_the_receipt_and_at_the_end_of_the_run(here: Path, writer: ModelServer) -> None:
    done = ran(*ONE)
    english, _ = _published(here)
    assert english.cost.calls == writer.calls > 0
    assert english.cost.usd == pytest.approx(_paid(), abs=1e-6)
    assert english.cost.usd == pytest.approx(
        (english.cost.prompt_tokens + english.cost.completion_tokens) / 1e7, abs=1e-6
    )
    document = json.loads((here / "sample/public/recsys-weekly/2026-W25/en/issue.json").read_bytes())
    assert document["cost"]["usd"] == english.cost.usd
    assert f"model: {writer.calls} calls, 0 answers from the cache" in done.out
    assert f"${english.cost.usd:.4f} paid" in done.out


@pytest.mark.parametrize("share", [0.3, 0.6])
def test_the_cap_of_a_run_is_never_passed(
    here: Path, writer: ModelServer, monkeypatch: pytest.MonkeyPatch, share: float
) -> None:
    cap = share * _whole()
    monkeypatch.setenv("DIGEST_LLM_BUDGET_USD_PER_RUN", f"{cap:.6f}")
    done = ran(*ONE)
    assert done.code == 0, done.err
    assert _paid() <= cap
    issues = _published(here)
    assert "budget" in _notes(issues)
    assert (writer.calls > 0, {issue.engine for issue in issues} != {"local"}) == (share > 0.5, share > 0.5)


def test_nor_where_the_estimate_was_too_low(here: Path, writer: ModelServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every question is asked three times over: the plan does not know, the reservation before each call does."""
    cap = _whole() * 1.01
    writer.mode = "truncated"
    assert ran(*ONE).code == 0
    assert _paid() > cap
    _forget()
    monkeypatch.setenv("DIGEST_LLM_BUDGET_USD_PER_RUN", f"{cap:.6f}")
    assert ran(*ONE).code == 0
    assert 0 < _paid() <= cap
    assert "the budget is used up" in _notes(_published(here))


def test_what_is_given_up_first_follows_the_declared_order(
    here: Path, writer: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = _whole()
    seen: list[str] = []
    for share in (1.01, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.0):
        monkeypatch.setenv("DIGEST_LLM_BUDGET_USD_PER_RUN", f"{whole * share:.6f}")
        found = re.findall(r"a run would give up: (.*)", ran(*ONE, "--estimate").out)
        seen += [each for each in found or [""] if each not in seen]
    order = [plan.given_up for plan in DEGRADATION]
    assert [order.index(each) for each in seen] == sorted(order.index(each) for each in seen)
    assert (seen[0], seen[-1]) == ("", "the model")
    assert len(seen) > 2
    assert writer.calls == 0


def test_a_run_says_in_the_issue_what_it_gave_up(
    here: Path, writer: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = _whole()
    monkeypatch.setenv("DIGEST_LLM_BUDGET_USD_PER_RUN", f"{whole * 0.55:.6f}")
    given_up = re.findall(r"a run would give up: (.*)", ran(*ONE, "--estimate").out)[0]
    assert ran(*ONE).code == 0
    assert f"given up to stay within the budget: {given_up}" in _notes(_published(here))
    page = (here / "sample/public/recsys-weekly/2026-W25/en/issue.md").read_text("utf-8")
    assert given_up in page


def test_a_month_that_is_used_up_leaves_the_issue_to_the_local_engine(here: Path, writer: ModelServer) -> None:
    _pay(20.0, "2026-06-01")
    done = ran(*ONE)
    assert done.code == 0, done.err
    issues = _published(here)
    assert writer.calls == 0
    assert _paid() == 20.0
    assert {issue.engine for issue in issues} == {"local"}
    assert "given up to stay within the budget: the model" in _notes(issues)


def test_what_the_month_has_left_is_all_that_is_spent(here: Path, writer: ModelServer) -> None:
    before = 20.0 - 0.6 * _whole()
    _pay(before, "2026-06-01")
    assert ran(*ONE).code == 0
    assert before < _paid() <= 20.0
    assert "budget" in _notes(_published(here))


def test_the_money_of_another_month_does_not_count(here: Path, writer: ModelServer) -> None:
    _pay(20.0, "2026-05-31")
    assert ran(*ONE).code == 0
    assert {issue.engine for issue in _published(here)} == {"fake-best"}


def test_what_is_paid_for_is_not_given_up_when_the_money_is_gone(here: Path, writer: ModelServer) -> None:
    assert ran(*ONE).code == 0
    before, asked = _published(here), writer.calls
    _pay(20.0, "2026-06-01")
    again = ran(*ONE)
    assert "nothing changed" in again.out
    assert (_published(here), writer.calls) == (before, asked)


def test_told_to_stop_it_ends_with_4_and_keeps_a_draft(
    here: Path, writer: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    _unpublish()
    monkeypatch.setenv("DIGEST_LLM_BUDGET_USD_PER_RUN", f"{0.3 * _whole():.6f}")
    monkeypatch.setenv("DIGEST_LLM_ON_BUDGET", "stop")
    done = ran(*ONE)
    assert done.code == 4
    assert "budget is spent" in done.err
    assert _states() == {"en": "draft", "zh": "draft"}
    shown = json.loads(ran("issues", "show", "recsys-weekly/2026-W25/en", "--json", "--config", _config()).out)
    assert shown["items"]
    monkeypatch.setenv("DIGEST_LLM_BUDGET_USD_PER_RUN", "2.0")
    assert ran(*ONE).code == 0
    assert _states() == {"en": "published", "zh": "published"}


def test_a_published_number_is_not_made_a_draft_again(
    here: Path, writer: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = editions(here / "sample/public", "recsys-weekly")
    monkeypatch.setenv("DIGEST_LLM_BUDGET_USD_PER_RUN", "0.0")
    monkeypatch.setenv("DIGEST_LLM_ON_BUDGET", "stop")
    assert ran(*ONE).code == 4
    assert _states() == {"en": "published", "zh": "published"}
    assert editions(here / "sample/public", "recsys-weekly") == before


@pytest.mark.parametrize("trouble", ["no key", "unauthorised", pytest.param("down", marks=pytest.mark.chaos)])
def test_without_a_model_it_is_published_or_with_stop_kept_as_a_draft(
    here: Path, writer: ModelServer, monkeypatch: pytest.MonkeyPatch, trouble: str
) -> None:
    _unpublish()
    if trouble == "no key":
        monkeypatch.delenv("DIGEST_LLM_BASE_URL")
        monkeypatch.delenv("OPENAI_API_KEY")
    else:
        writer.mode = trouble
    monkeypatch.setenv("DIGEST_LLM_ON_BUDGET", "stop")
    done = ran(*ONE)
    assert done.code == 4
    assert "no model answered" in done.err
    assert _states() == {"en": "draft", "zh": "draft"}
    monkeypatch.setenv("DIGEST_LLM_ON_BUDGET", "local")
    assert ran(*ONE).code == 0
    issues = _published(here)
    assert {issue.engine for issue in issues} == {"local"}
    words = {"no key": "no key", "unauthorised": "refused the key", "down": "could not be reached"}
    assert words[trouble] in _notes(issues)
    assert _states() == {"en": "published", "zh": "published"}


def _unpublish() -> None:
    with closing(sqlite3.connect("sample/digest.db")) as database:
        database.execute("DELETE FROM issues WHERE publication = 'recsys-weekly'")
        database.commit()


def _states() -> dict[str, str]:
    rows = ran("issues", "list", "--json", "--config", _config()).rows
    return {row["language"]: row["state"] for row in rows if row["publication"] == "recsys-weekly"}


def _config() -> str:
    Path("sample.toml").write_text('[digest]\ndatabase = "sqlite:///sample/digest.db"\n', encoding="utf-8")
    return "sample.toml"
