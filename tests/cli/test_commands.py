import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from digest.cli.main import COMMANDS
from digest.evaluate import results
from tests.cli.conftest import Ran
from tests.test_upkeep import full_disk

Command = Callable[..., Ran]
HEAVY = ("sqlalchemy", "openai", "sklearn", "httpx", "feedparser", "trafilatura", "numpy", "alembic", "jinja2", "rich")


def test_help_imports_no_heavy_module() -> None:
    code = (
        "import sys\nfrom digest.cli.main import group\n"
        "try: group(['--help'])\nexcept SystemExit: pass\n"
        f"print([m for m in {HEAVY!r} if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip().endswith("[]")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(digest: Command, name: str) -> None:
    outcome = digest(name, "--help")
    assert outcome.code == 0
    assert "Usage: " in outcome.out


def test_an_unknown_command_is_code_2(digest: Command) -> None:
    assert digest("rnu").code == 2


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("status",), "environment.toml"),
        (("--config", "first.toml", "status"), "first.toml"),
        (("--config", "first.toml", "status", "--config", "second.toml"), "second.toml"),
        (("--config", "digest.toml", "status"), "midnight"),
        (("--config", "digest.toml", "--now", "noon", "status"), "noon"),
        (("--config", "digest.toml", "--now", "noon", "status", "--now", "dusk"), "dusk"),
    ],
)
def test_the_common_options_may_stand_first_and_those_behind_the_command_win(
    here: Path, digest: Command, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], named: str
) -> None:
    monkeypatch.setenv("DIGEST_CONFIG", "environment.toml")
    if not named.endswith(".toml"):
        monkeypatch.setenv("DIGEST_NOW", "midnight")
    outcome = digest(*words)
    assert (outcome.code, named in outcome.err) == (2, True), outcome.err


def test_main_ends_with_the_exit_code_of_the_error(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "digest", "run", "--config", "none.toml"]
    found = subprocess.run(words, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert found.returncode == 2
    assert found.stderr.startswith("digest: none.toml: no such file")
    assert found.stderr.count("\n") == 1


def test_issues_are_listed_and_shown(here: Path, digest: Command) -> None:
    rows = digest("issues", "list", "--json").rows
    assert len(rows) == 18
    assert rows[0]["state"] == "published"
    text = digest("issues", "show", "recsys-weekly/2026-W25/en").out
    assert text.startswith("# ")
    document = json.loads(digest("issues", "show", "recsys-weekly/2026-W25/zh", "--json").out)
    assert document["language"] == "zh"
    thread = document["threads"][0]["id"]
    assert "2026-W25" in digest("issues", "show", "--thread", thread).out
    assert digest("issues", "show", "recsys-weekly/2026-W24").code == 2
    assert digest("issues", "show", "--thread", "nothing").code == 2


def test_explain_says_why_a_paper_is_in_or_not(here: Path, digest: Command) -> None:
    inside = digest("issues", "explain", "2606.18379", "--config", "week.toml").out
    assert "recsys-weekly 2026-W25: in the issue" in inside
    rows = digest("issues", "explain", "2606.19195", "--json", "--config", "week.toml").out
    verdicts = {row["publication"]: row["verdict"] for row in json.loads(rows)}
    assert verdicts["recsys-weekly"].startswith("left out: rank ")
    assert digest("issues", "explain", "2606.99999").code == 2


def test_explain_of_what_a_publication_does_not_take(here: Path, digest: Command) -> None:
    number = next(row["id"] for row in digest("search", "GLM-5.2", "--json").rows if row["id"].startswith("feed:"))
    assert "no items of the kind post" in digest("issues", "explain", number).out


def test_search_finds_in_both_languages(here: Path, digest: Command) -> None:
    assert "2606.18379" in digest("search", "RankGraph-2").out
    assert digest("search", "视频生成", "--json").rows


def test_results_keep_qualifiers_and_words(here: Path, digest: Command) -> None:
    rows = digest("results", "--week", "2026-W25", "--company", "Meta", "--json").rows
    assert any(row["qualifier"] == "up to" and row["value"] == pytest.approx(0.96) for row in rows)
    assert all(row["quote"] for row in rows)
    table = digest("results", "--since", "2026-06", "--csv").out.splitlines()
    assert table[0].startswith("day,company,metric,value")
    assert len(table) > 10
    assert digest("results", "--since", "soon").code == 2


def test_sources_are_listed_with_their_last_check(here: Path, digest: Command) -> None:
    row = digest("sources", "list", "--json").rows[0]
    assert row["slug"] == "none"
    assert row["status"] == "never read"


def test_sources_that_all_fail_end_with_code_3(here: Path, digest: Command) -> None:
    outcome = digest("sources", "check", "--json")
    assert outcome.code == 3
    assert outcome.rows[0]["status"] == "failed"


def test_a_skipped_source_does_not_hide_that_all_others_fail(here: Path, digest: Command) -> None:
    with Path("digest.toml").open("a", encoding="utf-8") as config:
        config.write('\n[[source]]\nkind = "x"\nslug = "voices"\naccounts = ["a"]\n')
    outcome = digest("sources", "check", "--json")
    assert {row["status"] for row in outcome.rows} == {"failed", "skipped"}
    assert outcome.code == 3


def test_an_empty_address_is_refused(here: Path, digest: Command) -> None:
    outcome = digest("sources", "check", "")
    assert outcome.code == 2
    assert "'' is no URL; write it with https://" in outcome.err


def test_opml_goes_out_and_in(here: Path, digest: Command) -> None:
    Path("feeds.opml").write_text(digest("sources", "export").out, encoding="utf-8")
    assert 'url = "http://127.0.0.1:9/feed.xml"' in digest("sources", "import", "feeds.opml").out
    assert digest("sources", "import", "none.opml").code == 2


def test_status_and_doctor(here: Path, digest: Command) -> None:
    found = digest("status").out
    assert re.search(r"^run 1 done: run at 2026-06-21 23:59$", found, re.MULTILINE), found
    assert json.loads(digest("status", "--json").out)["published"] == 9
    rows = {row["what"]: row["state"] for row in digest("doctor", "--json").rows}
    assert rows["database"] == "ok"
    assert rows["mail"] == "note"


def test_doctor_names_a_failing_source(here: Path, digest: Command) -> None:
    digest("collect")
    outcome = digest("doctor")
    assert outcome.code == 1
    assert "none" in outcome.err
    assert "none" in digest("status").out


def test_db_and_init(here: Path, digest: Command) -> None:
    assert digest("db", "check").out == "ok\n"
    assert digest("db", "upgrade").out == "already up to date\n"
    assert digest("init", "new.toml").code == 0
    assert digest("init", "new.toml").code == 2
    assert digest("init", "nowhere/new.toml").code == 2
    with full_disk(1000):
        assert digest("init", "half.toml").code == 2
        assert digest("init", "new.toml", "--force").code == 2
    assert not Path("half.toml").exists()
    assert len(Path("new.toml").read_bytes()) > 1000
    assert digest("run", "--config", "new.toml", "--week", "2025-W53").code == 2


def test_a_database_that_is_none_is_code_5(here: Path, digest: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("junk.db").write_text("no database " * 100, encoding="utf-8")
    monkeypatch.setenv("DIGEST_DIGEST_DATABASE", "sqlite:///junk.db")
    assert digest("issues", "list").code == 5
    monkeypatch.setenv("DIGEST_DIGEST_DATABASE", "sqlite:///none.db")
    assert digest("issues", "list").code == 5


def test_prompts(digest: Command) -> None:
    names = [row["name"] for row in digest("prompts", "list", "--json").rows]
    assert "rate" in names
    assert digest("prompts", "show", "rate").out.startswith("+++")
    assert digest("prompts", "show", "none").code == 2
    assert digest("prompts", "check").out == "ok\n"


def test_the_site_is_built_anew(here: Path, digest: Command) -> None:
    page = here / "sample/public/recsys-weekly/2026-W25/en/index.html"
    before = page.read_bytes()
    page.unlink()
    assert "18 editions" in digest("site", "build").out
    assert page.read_bytes() == before


def test_subscribers_come_and_go(here: Path, digest: Command) -> None:
    assert "confirmed" in digest("subscribers", "add", "a@example.org", "--choice", "recsys-weekly:en").out
    assert digest("subscribers", "add", "a, b@example.org").code == 2
    assert digest("subscribers", "add", "c@example.org", "--choice", "recsys-weekly").code == 2
    Path("readers.csv").write_text("address\nb@example.org\nnobody\n", encoding="utf-8")
    outcome = digest("subscribers", "import", "readers.csv")
    assert outcome.code == 2
    assert "1 lines could not be read" in outcome.err
    assert digest("subscribers", "import", "none.csv").code == 2
    assert {row["address"] for row in digest("subscribers", "list", "--json").rows} == {
        "a@example.org",
        "b@example.org",
    }
    assert digest("subscribers", "export").out.startswith("address,state,choices\n")
    assert digest("subscribers", "erase", "b@example.org").code == 0
    assert digest("subscribers", "erase", "x@example.org").code == 2


FILTERS = {
    "rank": {
        "id": "1",
        "kind": "paper",
        "title": "Generative recommendation at Meta",
        "text": "Online A/B tests show +1% CTR.",
    },
    "stories": {"id": "1", "title": "OpenAI releases a model"},
    "facts": {
        "id": "1",
        "title": "A ranker",
        "abstract": "Deployed at Meta, it lifts CTR by up to 1.2% in online A/B tests.",
    },
    "verify": {
        "id": "1",
        "sentence": "It lifts CTR by 1.2%.",
        "sources": [{"id": "s", "text": "It lifts CTR by 1.2%."}],
    },
}


@pytest.mark.parametrize("name", FILTERS)
def test_filters_read_and_write_json_lines(
    digest: Command, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    other = {**FILTERS[name], "id": "2"}
    text = json.dumps(FILTERS[name]) + "\n\n" + json.dumps(other, ensure_ascii=False) + "\n"
    outcome = digest(name, "-", text=text)
    assert outcome.code == 0
    assert [row["id"] for row in outcome.rows] == ["1", "2"]


@pytest.mark.parametrize(("text", "said"), [("{", "not JSON"), ("[1]", "an object"), ('{"a": 1}', "id is missing")])
def test_filters_name_a_bad_line(digest: Command, text: str, said: str) -> None:
    outcome = digest("stories", "-", text=text)
    assert outcome.code == 2
    assert said in outcome.err
    assert "line 1" in outcome.err


def test_filters_name_a_file_that_is_not_there(digest: Command) -> None:
    assert digest("facts", "none.jsonl").code == 2


def test_eval_names_gold_that_is_not_there(digest: Command, tmp_path: Path) -> None:
    assert digest("eval", "results", "--gold", str(tmp_path / "none")).code == 2


_GOLD_STORY = {"id": "1", "story": None, "title": "A", "language": "en"}
_GOLD_SENTENCE = {"id": "1", "sentence": "A.", "language": "en", "label": "supported", "fault": None}
_GOLD_RESULT = {"id": "1", "title": "A", "abstract": "B", "company": None, "deployed": False, "metrics": []}


@pytest.mark.parametrize(
    ("kind", "name", "line", "says"),
    [
        ("results", "results.jsonl", '{"id": "1"}', "line 2: company is missing"),
        ("results", "results.jsonl", json.dumps({**_GOLD_RESULT, "metrics": [{}]}), "line 2: name is missing"),
        ("results", "results.jsonl", json.dumps({**_GOLD_RESULT, "id": 1}), "line 2: id can't be a number"),
        ("grounding", "grounding.jsonl", "[" * 100_000, "line 2 is not JSON"),
        ("grounding", "grounding.jsonl", '{"id": "1"}', "line 2: sentence is missing"),
        ("clusters", "stories_ai.jsonl", '{"id": "1", "story": 3}', "line 2: story can't be a number"),
        ("results", "results.jsonl", "", "nothing to measure"),
        ("selection", "taste.jsonl", '{"from": "2026"}', "neither picks"),
        ("selection", "taste.jsonl", '{"papers": 3}', "line 2: from is missing"),
        ("selection", "silver.jsonl", '{"score": 3}', "line 2: id is missing"),
        ("selection", "picks.json", "[" * 100_000, "is no JSON"),
        ("selection", "picks.json", "[1]", "it is no object; it holds {editor: {week: [arXiv id]}}"),
        ("selection", "picks.json", '{"a": {"2026-W25": [1]}}', "2026-W25 can't be a number; it holds {editor:"),
        ("clusters", "stories_ai.jsonl", json.dumps({**_GOLD_STORY, "published": "today"}), "1: published is no day"),
        ("clusters", "stories_ai.jsonl", json.dumps({**_GOLD_STORY, "published": 3}), "1: published is no day"),
        ("grounding", "grounding.jsonl", json.dumps({**_GOLD_SENTENCE, "sources": []}), "1: it has no source"),
        (
            "grounding",
            "grounding.jsonl",
            json.dumps({**_GOLD_SENTENCE, "sources": [{"id": "a", "text": 1}]}),
            "1: text can't be a number",
        ),
    ],
)
def test_eval_names_the_line_of_broken_gold(
    digest: Command, tmp_path: Path, kind: str, name: str, line: str, says: str
) -> None:
    gold = tmp_path / name
    gold.write_text(f"\n{line}\n", encoding="utf-8")
    outcome = digest("eval", kind, "--gold", str(gold))
    assert (outcome.code, outcome.err.count("\n"), outcome.out) == (2, 1, ""), outcome.err
    assert f"digest: {gold}: " in outcome.err
    assert says in outcome.err


def test_a_defect_of_our_own_is_no_fault_of_the_gold(
    digest: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_path: Path) -> None:
        raise KeyError("ours")

    monkeypatch.setattr(results, "run", broken)
    with pytest.raises(KeyError, match="ours"):
        digest("eval", "results", "--gold", str(tmp_path))


def test_a_backup_is_made_and_put_back(here: Path, digest: Command) -> None:
    assert digest("backup", "copy.db").code == 0
    assert digest("backup", "copy.db").code == 5
    assert digest("subscribers", "add", "a@example.org").code == 0
    assert digest("restore", "copy.db").code == 0
    assert digest("subscribers", "list").out == ""
    assert Path("sample/digest.db.before-restore").exists()
    assert digest("restore", "none.db").code == 5
    Path("junk.db").write_text("junk " * 1000, encoding="utf-8")
    assert digest("restore", "junk.db").code == 5
    assert "bytes before" in digest("vacuum").out


def test_a_sample_that_was_not_made_is_asked_for(
    tmp_path: Path, digest: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    outcome = digest("replay", "--sample", "recsys-weekly/2026-W25/en")
    assert (outcome.code, outcome.err.strip().endswith("digest run --sample")) == (2, True), outcome.err
    assert not list(tmp_path.iterdir())


def test_an_issue_is_replayed_to_the_byte(here: Path, digest: Command) -> None:
    outcome = digest("replay", "recsys-weekly/2026-W25/en", "--diff", "--config", "week.toml")
    assert outcome.out == "the same bytes\n"
    assert digest("replay", "ai-tech-daily/2026-06-17/zh", "--config", "week.toml").out == "the same bytes\n"
    assert digest("replay", "recsys-weekly", "--config", "week.toml").out == "the same bytes\n"
    assert digest("replay", "recsys-weekly/2026-W24/en", "--config", "week.toml").code == 2


def test_send_without_mail_is_a_clear_line(here: Path, digest: Command) -> None:
    outcome = digest("send", "recsys-weekly/2026-W25/en", "--to", "a@example.org")
    assert outcome.code == 2
    assert "smtp_url" in outcome.err


@pytest.mark.parametrize("words", ["issues approve", "issues publish", "send", "issues correct --note wrong"])
def test_what_is_changed_or_mailed_must_be_named_with_its_period(here: Path, digest: Command, words: str) -> None:
    outcome = digest(*words.split(), "recsys-weekly")
    assert (outcome.code, "the newest is recsys-weekly/2026-W25\n" in outcome.err) == (2, True), outcome.err


@pytest.mark.parametrize("words", ["issues show", "issues review"])
def test_what_is_only_shown_is_the_newest_without_a_period(here: Path, digest: Command, words: str) -> None:
    newest, other = (digest(*words.split(), f"ai-tech-daily{period}") for period in ("", "/2026-06-20"))
    assert newest.out == digest(*words.split(), "ai-tech-daily/2026-06-21").out != other.out


@pytest.mark.parametrize("words", ["send", "issues correct --note wrong"])
def test_where_one_edition_is_meant_the_others_are_named(here: Path, digest: Command, words: str) -> None:
    outcome = digest(*words.split(), "recsys-weekly/2026-W25")
    assert outcome.code == 2
    assert "2 editions; name one: recsys-weekly/2026-W25/en, recsys-weekly/2026-W25/zh" in outcome.err


@pytest.mark.parametrize("name", FILTERS)
def test_half_a_surrogate_pair_comes_out_as_it_came(digest: Command, name: str) -> None:
    row = {**FILTERS[name], "id": "\ud800", "title": "a \udfff", "text": "\ud83d", "sentence": "\ud83d 3"}
    outcome = digest(name, "-", text=json.dumps(row))
    assert outcome.code == 0, outcome.err
    assert outcome.rows[0]["id"] == "\ud800"
