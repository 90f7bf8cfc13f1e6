from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from digest.deliver.message import (
    PREFERENCES,
    UNSUBSCRIBE,
    Letter,
    Recipient,
    fill,
    template,
)
from tests.store.made import MONDAY

LETTER = Letter(
    subject="RecSys Weekly 2026-W25: OneRank",
    sender_name="RecSys Weekly",
    sender="news@e.org",
    date=MONDAY,
    text=f"Hello.\n.a line with a dot\nFrom =20 to there \n{UNSUBSCRIBE}\nor {PREFERENCES} now",
    html=f'<p>推荐</p><a href="{UNSUBSCRIBE}">leave</a>' + "<b>x</b>" * 200,
    language="en",
    list_id="recsys-weekly.en.e.org",
)
READER = Recipient(
    address="ann@e.org", number="5.w", unsubscribe="https://e.org/u/5.abc", preferences="https://e.org/p/1.x?a=b"
)


def _parsed(content: bytes) -> EmailMessage:
    parsed = message_from_bytes(content, policy=policy.default)
    assert isinstance(parsed, EmailMessage)
    assert not parsed.defects
    return parsed


def _body(content: bytes, kind: str) -> str:
    part = _parsed(content).get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def test_what_readers_of_mail_need_stands_literally_in_the_bytes() -> None:
    content = fill(template(LETTER), READER)
    for line in (
        b"To: <ann@e.org>",
        b"List-Unsubscribe: <https://e.org/u/5.abc>",
        b"List-Unsubscribe-Post: List-Unsubscribe=One-Click",
        b"List-Id: <recsys-weekly.en.e.org>",
        b"Message-ID: <5.w@e.org>",
        b"From: RecSys Weekly <news@e.org>",
        b"Date: Mon, 15 Jun 2026 00:00:00 +0000",
    ):
        assert b"\r\n" + line + b"\r\n" in b"\r\n" + content


def test_the_bytes_need_no_change_on_their_way() -> None:
    content = fill(template(LETTER), READER)
    content.decode("ascii")
    lines = content.split(b"\r\n")
    assert not any(line.startswith(b".") or b"\n" in line or b"\r" in line or len(line) > 76 for line in lines)
    assert content.endswith(b"\r\n")


def test_the_parts_come_back_with_the_readers_own_links() -> None:
    content = fill(template(LETTER), READER)
    assert _body(content, "plain") == (
        "Hello.\n.a line with a dot\nFrom =20 to there \nhttps://e.org/u/5.abc\nor https://e.org/p/1.x?a=b now"
    )
    assert _body(content, "html") == f'<p>推荐</p><a href="{READER.unsubscribe}">leave</a>' + "<b>x</b>" * 200


@pytest.mark.parametrize("before", range(0, 160, 3))
def test_no_folding_cuts_a_link(before: int) -> None:
    letter = replace(LETTER, text="é" * (before // 2) + "x" * before + UNSUBSCRIBE + "y" * 90, html="")
    content = fill(template(letter), replace(READER, unsubscribe="https://e.org/" + "u" * 200))
    assert ("x" * before + "https://e.org/" + "u" * 200 + "y" * 90) in _body(content, "plain")
    assert max(map(len, content.split(b"\r\n"))) <= 250


def test_readers_differ_in_their_own_gaps_alone() -> None:
    message = template(LETTER)
    other = Recipient(
        address="bob@e.org", number="6.w", unsubscribe="https://e.org/u/6.def", preferences="https://e.org/p/2.y"
    )
    mine, theirs = fill(message, READER).splitlines(), fill(message, other).splitlines()
    assert len(mine) == len(theirs)
    assert sum(one != two for one, two in zip(mine, theirs, strict=True)) == 6
    assert fill(message, READER) == fill(template(LETTER), READER)


@pytest.mark.parametrize("wrong", ["\r\nBcc: eve@e.org", "\u2028", "\x0b", "\ud800", "\0to\0", "\n", "\x85"])
def test_a_hostile_title_is_a_title(wrong: str) -> None:
    letter = replace(LETTER, subject=f"Bad{wrong}title", sender_name=f'Evil{wrong}"name', text=f"a{wrong}b", html="")
    parsed = _parsed(fill(template(letter), READER))
    assert parsed["Bcc"] is None
    assert "Bad" in parsed["Subject"]
    assert parsed["Subject"].endswith("title")
    assert parsed["From"].addresses[0].addr_spec == "news@e.org"
    assert [name for name in parsed if name == "To"] == ["To"]


def test_a_long_chinese_subject_is_cut_and_readable() -> None:
    letter = replace(LETTER, subject="推荐系统周报" * 60, sender_name="推荐，周报")
    content = fill(template(letter), READER)
    parsed = _parsed(content)
    assert parsed["Subject"] == ("推荐系统周报" * 60)[:149] + "…"
    assert parsed["From"].addresses[0].display_name == "推荐，周报"
    assert max(map(len, content.split(b"\r\n"))) <= 90


def test_a_message_to_one_person_is_no_list() -> None:
    content = fill(template(replace(LETTER, list_id="", html="")), READER)
    assert b"List-" not in content
    assert _parsed(content).get_content_type() == "text/plain"
