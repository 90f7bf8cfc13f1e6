import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import jsonschema
import pytest

from digest.packed import packed
from tests.cli.conftest import Ran
from tests.whole.claims import claims, editions, sources

Command = Callable[..., Ran]
SCHEMA = json.loads((packed("templates") / "issue.schema.json").read_text(encoding="utf-8"))
FILES = {"index.html", "issue.md", "issue.json", "mail.html", "mail.txt", "evidence.html"}


def issues(folder: Path) -> Iterator[dict]:  # type: ignore[type-arg]
    for path in sorted(folder.glob("sample/public/*/*/*/issue.json")):
        yield json.loads(path.read_text(encoding="utf-8"))


def digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in (folder / "sample/public").rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_the_sample_makes_two_weeklies_and_seven_dailies_in_two_languages(sample_week: tuple[Path, Ran]) -> None:
    folder, made = sample_week
    editions = {(i["publication"], i["period"], i["language"]) for i in issues(folder)}
    assert len(editions) == 18
    assert {("recsys-weekly", "2026-W25", "zh"), ("ai-weekly", "2026-W25", "en")} <= editions
    for publication, period, language in editions:
        there = {path.name for path in (folder / "sample/public" / publication / period / language).iterdir()}
        assert there == FILES
    assert "25 sources: 25 ok" in made.out
    assert (folder / "sample/public/index.html").is_file()


def test_each_issue_is_valid_and_says_that_it_is_a_sample(sample_week: tuple[Path, Ran]) -> None:
    for issue in issues(sample_week[0]):
        jsonschema.validate(issue, SCHEMA)
        assert issue["sample"] is True
        folder = sample_week[0] / "sample/public" / issue["publication"] / issue["period"] / issue["language"]
        for name in ("index.html", "mail.html", "mail.txt", "issue.md"):
            text = (folder / name).read_text(encoding="utf-8")
            assert "SAMPLE" in text, name


def test_each_claim_holds_by_its_kind(sample_week: tuple[Path, Ran]) -> None:
    """Quoted spans stand in the sources, computed figures recompute, framing names two works and no figure."""
    texts = sources(sample_week[0] / "sample/digest.db")
    seen = Counter[str]()
    for issue in editions(sample_week[0] / "sample/public").values():
        for claim in claims(issue):
            seen[claim.kind] += 1
            if claim.kind == "quoted":
                assert claim.citations
                assert all(cited.quote in texts[cited.item] for cited in claim.citations), claim
            elif claim.kind == "computed":
                assert all(figure(issue.counts, path) == value for path, value in claim.figures.items()), claim
                assert all(str(int(value)) in claim.text for value in claim.figures.values()), claim
            else:
                assert len({cited.item for cited in claim.citations}) >= 2, claim
    assert len(seen) == 3
    assert all(seen.values())


def test_the_voices_of_an_entry_are_counted_by_their_list_alone(sample_week: tuple[Path, Ran]) -> None:
    reasons = [item["reason"] for issue in issues(sample_week[0]) for item in issue["items"]]
    assert any("more than one voice" in reason for reason in reasons)
    assert not [reason for reason in reasons if re.search(r"\d voices|\d 个来源", reason)]


def test_the_counts_are_those_of_the_receipt(sample_week: tuple[Path, Ran]) -> None:
    for issue in issues(sample_week[0]):
        dropped = sum(row["count"] for row in issue["receipt"]["dropped"])
        assert issue["counts"]["read"] == sum(issue["counts"]["by_kind"].values())
        assert issue["counts"]["read"] == issue["counts"]["entries"] + dropped
        assert len(issue["items"]) == issue["counts"]["entries"]
        assert all(source["status"] == "ok" for source in issue["receipt"]["sources"])


def test_both_editions_tell_the_same(sample_week: tuple[Path, Ran]) -> None:
    """Papers, projects and episodes are the same items; a piece of news may be told by another voice of its story."""
    found = {
        (i["publication"], i["period"], i["language"]): [{item["url"], *item["also_seen"]} for item in i["items"]]
        for i in issues(sample_week[0])
    }
    for (publication, period, language), items in found.items():
        others = found[publication, period, "zh" if language == "en" else "en"]
        assert all(mine & theirs for mine, theirs in zip(items, others, strict=True))


def test_the_same_command_again_changes_nothing(here: Path, digest: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DIGEST_NOW")
    before = digests(here)
    again = digest("run", "--week", "2026-W25", "--sample")
    assert again.code == 0
    assert "nothing changed" in again.out
    assert digests(here) == before


def test_a_run_as_json(here: Path, digest: Command) -> None:
    row = digest("run", "--week", "2026-W25", "--publication", "recsys-weekly", "--sample", "--json").rows[0]
    assert row["changed"] is False
    assert row["issues"][0]["period"] == "2026-W25"


def test_a_day_of_the_sample_is_read_from_all_sources(
    digest: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    made = digest("run", "--day", "2026-06-15", "--sample")
    assert made.out.startswith("25 sources: 25 ok"), made.out
    assert {issue["period"] for issue in issues(tmp_path)} == {"2026-06-15"}


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--week", "2025-W53"], 2, "no such week"),
        (["--week", "2027-W01"], 2, "lies in the future"),
        (["--day", "2026-02-30"], 2, "no such day"),
        (["--day", "2026-06-20", "--week", "2026-W25"], 2, "exclude"),
        (["--week", "2026-W25", "--publication", "recsys-weakly"], 2, "perhaps you meant 'recsys-weekly'"),
        (["--week", "2026-W25", "--config", "none.toml"], 2, "no such file"),
        (["--week", "2026-W25", "--now", "noon"], 2, "no such time"),
        (["--week", "2026-W24", "--sample"], 2, "2026-W24: the sample is the week 2026-W25"),
        (["--day", "2026-06-14", "--sample"], 2, "2026-06-14: the sample is the week 2026-W25, 2026-06-15 to"),
    ],
)
def test_bad_words_are_one_line_and_leave_nothing(
    here: Path, digest: Command, words: list[str], code: int, said: str
) -> None:
    before = digests(here)
    outcome = digest("run", *words)
    assert outcome.code == code
    assert said in outcome.err
    assert "\n" not in outcome.err.strip()
    assert digests(here) == before


def test_every_source_failing_is_code_3_and_publishes_nothing(here: Path, digest: Command) -> None:
    before = digests(here)
    outcome = digest("run", "--week", "2026-W25")
    assert outcome.code == 3
    assert "none" in outcome.err
    assert digests(here) == before


def test_a_day_with_nothing_is_an_honest_notice(here: Path, digest: Command) -> None:
    outcome = digest("run", "--day", "2026-06-02", "--no-collect")
    assert outcome.code == 0
    assert "no issue" in outcome.out
    assert not (here / "sample/public/ai-tech-daily/2026-06-02").exists()


def test_nothing_is_due_once_all_is_published(here: Path, digest: Command) -> None:
    outcome = digest("run", "--no-collect", "--now", "2026-06-21T09:00:00Z", "--publication", "ai-tech-daily")
    assert "nothing is due" in outcome.err


def test_a_run_that_another_holds_is_code_75(here: Path, digest: Command) -> None:
    from filelock import FileLock  # noqa: PLC0415

    with FileLock(here / "sample/digest.db.lock"):
        outcome = digest("run", "--week", "2026-W25", "--no-collect")
    assert outcome.code == 75
    assert "another run" in outcome.err


def test_a_folder_that_cannot_be_written_is_named(here: Path, digest: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("DIGEST_DIGEST_OUTPUT", "file/public")
    outcome = digest("site", "build")
    assert outcome.code == 1
    assert "check [digest] output" in outcome.err


def test_the_local_engine_costs_nothing(here: Path, digest: Command) -> None:
    assert "nothing to pay" in digest("run", "--week", "2026-W25", "--estimate", "--no-collect").out


def test_a_model_is_reckoned_before_it_is_asked(here: Path, digest: Command) -> None:
    outcome = digest("run", "--week", "2026-W25", "--publication", "recsys-weekly", "--estimate", "--engine", "openai")
    assert "in all; the cap of a run is $2.00" in outcome.out
    assert outcome.out.count("calls") >= 4


def figure(counts: Mapping[str, object], path: str) -> float:
    value: object = counts
    for name in path.split("."):
        assert isinstance(value, Mapping)
        value = value[name]
    assert isinstance(value, int | float)
    return value
