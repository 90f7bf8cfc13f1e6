"""issue.json: the shape of the contract, the same bytes, and back again."""

import json
from dataclasses import replace

import pytest
from jsonschema import Draft202012Validator

from digest.domain.issue import Cost, Issue, Voice
from digest.errors import DigestError
from digest.packed import packed
from digest.render.document import decode, encode
from tests.render import samples

SCHEMA = json.loads(packed("templates").joinpath("issue.schema.json").read_text("utf-8"))


def clean_hostile() -> Issue:
    return decode(encode(samples.hostile()))


@pytest.mark.parametrize("issue", [samples.english(), samples.chinese(), clean_hostile()], ids=["en", "zh", "hostile"])
def test_what_is_written_is_read_back(issue: Issue) -> None:
    assert decode(encode(issue)) == issue


@pytest.mark.parametrize(
    "issue", [samples.english(), samples.chinese(), samples.hostile()], ids=["en", "zh", "hostile"]
)
def test_the_schema_holds(issue: Issue) -> None:
    Draft202012Validator.check_schema(SCHEMA)
    Draft202012Validator(SCHEMA).validate(json.loads(encode(issue)))


def test_the_schema_refuses_what_is_no_issue() -> None:
    document = json.loads(encode(samples.english()))
    validator = Draft202012Validator(SCHEMA)
    for change in (
        {"schema_version": 2},
        {"period": "2026-25"},
        {"generated": "2026-06-22T07:00:00Z"},
        {"overview": [{"kind": "quoted", "text": "x", "citations": [], "verdict": None}]},
        {"overview": [{"kind": "guess", "text": "x", "citations": [], "verdict": None}]},
    ):
        assert not validator.is_valid(document | change), change


def test_the_keys_of_the_contract_are_there() -> None:
    document = json.loads(encode(samples.english()))
    wanted = (
        "schema_version publication period language title slug date summary tags category engine reading_minutes counts"
        " overview threads sections items receipt cost"
    )
    assert set(wanted.split()) <= set(document)
    item = document["items"][0]
    wanted = "id kind title url source published authors company industry score reason summary results figure also_seen"
    assert set(wanted.split()) <= set(item)
    assert item["score"] == 5
    assert item["results"][0]["qualifier"] == "up to"
    assert document["overview"][3]["verdict"] == "supported"
    assert document["overview"][0]["figures"] == {"kept": 7}
    assert set(document["receipt"]) >= {"sources", "dropped", "below_the_line"}


def test_cited_voices_are_kept_and_where_there_are_none_no_key_is() -> None:
    english = samples.english()
    assert b'"voices"' not in encode(english)
    spoken = Voice(id="feed:other:1", title="Another report", url="https://other.example/1")
    issue = replace(english, entries=(replace(english.entries[0], voices=(spoken,)), *english.entries[1:]))
    assert decode(encode(issue)) == issue
    Draft202012Validator(SCHEMA).validate(json.loads(encode(issue)))


def test_the_bytes_are_stable_sorted_and_end_with_a_line() -> None:
    made = encode(samples.english())
    again = json.loads(made)
    assert made == (json.dumps(again, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()
    assert "推荐".encode() in encode(samples.chinese())
    turned = replace(samples.english(), counts=dict(reversed(samples.english().counts.items())))
    assert encode(turned) == made


def test_no_other_time_than_the_issues_own_is_in_it() -> None:
    assert b"2026-11" not in encode(samples.english())
    assert json.loads(encode(samples.english()))["date"] == "2026-06-22T07:00:00Z"


def test_counts_of_any_shape_become_json() -> None:
    issue = replace(samples.english(), counts={"a": (1, 2), "b": frozenset({"y", "x"}), "c": {1: [2]}})
    assert decode(encode(issue)).counts == {"a": [1, 2], "b": ["x", "y"], "c": {"1": [2]}}


def test_no_facts_and_empty_facts_stay_apart() -> None:
    read = decode(encode(samples.english()))
    assert read.entries[3].facts is None
    assert read.entries[2].facts == samples.english().entries[2].facts


def test_cost_is_kept() -> None:
    issue = replace(samples.english(), cost=Cost(calls=3, usd=0.12, cached=1))
    assert decode(encode(issue)).cost == issue.cost


@pytest.mark.parametrize("document", [b"", b"[]", b"{}", b"\xff", b'{"schema_version": 1}', b"null"])
def test_what_is_no_document_is_said_so(document: bytes) -> None:
    with pytest.raises(DigestError, match="make the issue again"):
        decode(document)


def test_another_version_is_said_so() -> None:
    with pytest.raises(DigestError, match=r"schema_version 7.*update"):
        decode(b'{"schema_version": 7}')


def test_a_claim_that_was_not_checked_stays_so() -> None:
    unchecked = replace(samples.quoted("a", "x"), verdict=None)
    issue = replace(samples.english(), overview=(unchecked,))
    assert decode(encode(issue)).overview == (unchecked,)
    assert json.loads(encode(issue))["overview"][0]["verdict"] is None
