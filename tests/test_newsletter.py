import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from digest import newsletter
from digest.errors import ConfigError, DeliveryError, UsageError
from digest.steps import mailing
from digest.steps.context import Context
from digest.store import readers
from digest.store.database import Database
from digest.store.readers import Imported
from tests.deliver.office import CHOICE, EDITION, NOW, SECRET, later, office, publish, subscribe
from tests.deliver.sink import Sink, free_port

ZH, DAILY = ("weekly", "zh"), ("daily", "en")


@pytest.fixture
def sink() -> Iterator[Sink]:
    with Sink() as server:
        yield server


@pytest.fixture
def context(tmp_path: Path, sink: Sink, monkeypatch: pytest.MonkeyPatch) -> Iterator[Context]:
    monkeypatch.setenv("DIGEST_SECRET", SECRET)
    with Database.open(f"sqlite:///{tmp_path / 'digest.db'}") as database:
        yield office(database, tmp_path, sink.url)


def _token(sink: Sink, way: str = "confirm") -> str:
    text = message_from_bytes(sink.messages[-1][1], policy=policy.default).get_body(("plain",)).get_content()  # type: ignore[union-attr]  a message has one
    match = re.search(rf"https://news\.e\.org/{way}/(\S+)", text)
    assert match is not None
    return match[1]


def _state(context: Context, address: str) -> str:
    with context.database.read() as tx:
        reader = readers.by_address(tx, address)
    return reader.state if reader else ""


def test_who_never_confirms_is_forgotten(context: Context, sink: Sink) -> None:
    newsletter.sign_up(context, "never@e.org", [CHOICE])
    token = _token(sink)
    for age, state in ((timedelta(days=3), "pending"), (timedelta(days=3, seconds=1), "erased")):
        today = replace(context, now=context.now + age)
        newsletter.sign_up(today, "ann@e.org", [CHOICE])
        assert _state(context, "never@e.org") == state
    assert newsletter.confirm(context, token) is None
    assert "never@e.org" not in newsletter.export_csv(context)
    newsletter.sign_up(today, "never@e.org", [CHOICE])
    assert _state(context, "never@e.org") == "pending"


def test_from_sign_up_to_leaving(context: Context, sink: Sink) -> None:
    assert newsletter.sign_up(context, " Ann@E.org", [CHOICE, ZH]) == "sent"
    assert _state(context, "ann@e.org") == "pending"
    token = _token(sink)
    assert newsletter.wish(context, token) == (CHOICE, ZH)
    assert _state(context, "ann@e.org") == "pending"
    for _ in range(2):
        assert newsletter.confirm(context, token) is not None
    assert _state(context, "ann@e.org") == "confirmed"
    publish(context)
    assert mailing.send(context, EDITION).counts == {"sent": 1}
    leaving, own = _token(sink, "u"), _token(sink, "p")
    assert newsletter.subscription_of(context, leaving) == CHOICE
    found = newsletter.preferences(context, own)
    assert found is not None
    assert (found.chosen, found.offered) == ({CHOICE, ZH}, (CHOICE, ZH, DAILY))
    for _ in range(2):
        assert newsletter.leave(context, leaving)
    found = newsletter.preferences(context, own)
    assert found is not None
    assert found.chosen == {ZH}
    assert newsletter.choose(context, own, [DAILY])
    assert newsletter.leave(context, leaving, everything=True)
    assert _state(context, "ann@e.org") == "unsubscribed"
    assert newsletter.preferences(context, own) is None
    assert not newsletter.choose(context, own, [CHOICE])
    assert newsletter.confirm(context, token) is None


@pytest.mark.parametrize("address", ["", "no address", "a@e.org\r\nBcc: b@e.org", "a@e.org,b@e.org"])
def test_what_is_no_address_is_said_and_nothing_is_sent(context: Context, sink: Sink, address: str) -> None:
    assert newsletter.sign_up(context, address, [CHOICE]) == "bad address"
    assert sink.messages == []


@pytest.mark.parametrize("choices", [[], [("nothing", "en")], [CHOICE, ("weekly", "fr")]])
def test_what_is_not_offered_can_not_be_chosen(context: Context, sink: Sink, choices: list[tuple[str, str]]) -> None:
    assert newsletter.sign_up(context, "a@e.org", choices) == "bad choice"
    assert sink.messages == []


def test_a_reader_who_signs_up_again_is_answered_like_a_stranger(context: Context, sink: Sink) -> None:
    subscribe(context, "ann@e.org")
    assert newsletter.sign_up(context, "ann@e.org", [ZH], "zh") == "sent"
    assert _state(context, "ann@e.org") == "confirmed"
    assert message_from_bytes(sink.messages[-1][1], policy=policy.default)["Subject"] == "请确认订阅"
    reader = newsletter.confirm(context, _token(sink))
    assert reader is not None
    with context.database.read() as tx:
        assert len(readers.subscriptions(tx, reader.id)) == 2


def test_who_complained_gets_nothing_more(context: Context, sink: Sink) -> None:
    subscribe(context, "ann@e.org")
    with context.database.write() as tx:
        readers.suppress(tx, "ann@e.org", "complaint")
    assert newsletter.sign_up(context, "ann@e.org", [CHOICE]) == "sent"
    assert sink.messages == []


def test_a_confirmation_that_can_not_be_sent_is_said(context: Context, tmp_path: Path, sink: Sink) -> None:
    nowhere = office(context.database, tmp_path, f"smtp://127.0.0.1:{free_port()}")
    with pytest.raises(DeliveryError, match=r"the confirmation could not be sent: 127\.0\.0\.1:"):
        newsletter.sign_up(nowhere, "a@e.org", [CHOICE])
    with pytest.raises(ConfigError, match="smtp_url"):
        newsletter.sign_up(office(context.database, tmp_path), "a@e.org", [CHOICE])
    sink.rcpt = {"gone@e.org": ["550 unknown"]}
    assert newsletter.sign_up(context, "gone@e.org", [CHOICE]) == "sent"


def test_forged_and_old_tokens_do_nothing(context: Context, sink: Sink) -> None:
    newsletter.sign_up(context, "ann@e.org", [CHOICE])
    token = _token(sink)
    late = later(context, lambda now: now + timedelta(days=4))
    assert newsletter.wish(late, token) is None
    assert newsletter.confirm(late, token) is None
    for forged in (token[:-2], "1.AAAAAAAAAAAAAAAA", ""):
        assert newsletter.confirm(context, forged) is None
        assert newsletter.subscription_of(context, forged) is None
        assert newsletter.preferences(context, forged) is None
        assert not newsletter.choose(context, forged, [CHOICE])
        assert not newsletter.leave(context, forged)
    assert _state(context, "ann@e.org") == "pending"


def test_the_links_of_a_test_message_lead_nowhere(context: Context, sink: Sink) -> None:
    publish(context)
    mailing.send_to(context, EDITION, "editor@e.org")
    assert newsletter.leave(context, _token(sink, "u"))
    assert newsletter.subscription_of(context, _token(sink, "u")) is None
    assert newsletter.preferences(context, _token(sink, "p")) is None


def test_the_editor_adds_and_erases(context: Context) -> None:
    assert newsletter.add(context, "ann@e.org", [ZH]).state == "confirmed"
    assert newsletter.add(context, "bob@e.org").address == "bob@e.org"
    assert newsletter.export_csv(context) == (
        "address,state,choices\nann@e.org,confirmed,weekly:zh\nbob@e.org,confirmed,daily:en weekly:en weekly:zh\n"
    )
    assert newsletter.erase(context, "ANN@e.org")
    assert not newsletter.erase(context, "nobody@e.org")
    assert not newsletter.erase(context, "no address")
    with pytest.raises(UsageError, match=r"ann@e\.org has left or refuses mail"):
        newsletter.add(context, "ann@e.org")
    with pytest.raises(UsageError, match="is no e-mail address"):
        newsletter.add(context, "a,b@e.org")
    with pytest.raises(UsageError, match="no publication 'nothing' in 'en'"):
        newsletter.add(context, "c@e.org", [("nothing", "en")])


def test_a_list_moves_house(context: Context, tmp_path: Path) -> None:
    newsletter.add(context, "=cmd@e.org", [CHOICE])
    newsletter.add(context, "left@e.org", [CHOICE])
    with context.database.write() as tx:
        readers.unsubscribe(tx, 2)
    text = newsletter.export_csv(context)
    assert "\n'=cmd@e.org,confirmed,weekly:en\n" in text
    with Database.open("sqlite://") as empty:
        other = office(empty, tmp_path)
        found, faults = newsletter.read_csv(other.config, "\ufeff" + text)
        assert (newsletter.bring(other, found), faults) == (Imported(added=1, refused=1), [])
        assert newsletter.export_csv(other).splitlines()[1:] == ["'=cmd@e.org,confirmed,weekly:en"]
    assert newsletter.bring(context, found) == Imported(known=1, refused=1)


def test_lines_that_are_wrong_are_named_and_the_others_taken(context: Context) -> None:
    text = 'address,choices\nann@e.org,\n"a,b@e.org",\nbob@e.org,nothing:en\ncid@e.org,weekly:zh\n'
    found, faults = newsletter.read_csv(context.config, text)
    assert newsletter.bring(context, found) == Imported(added=2)
    assert faults == [
        "line 3: 'a,b@e.org' is no e-mail address",
        "line 4: unknown publication or language in 'nothing:en'",
    ]
    with pytest.raises(UsageError, match="the first line must name the columns: address,state,choices"):
        newsletter.read_csv(context.config, "ann@e.org\n")
    assert context.now == NOW
