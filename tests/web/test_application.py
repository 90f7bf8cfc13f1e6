"""The pages over a real socket: uvicorn in a thread, http.client as the browser."""

import json
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from digest.steps import mailing
from digest.store import readers
from tests.deliver.office import CHOICE, EDITION, office, publish, subscribe
from tests.deliver.sink import free_port
from tests.web.browser import FORM, Browser


def test_sign_up_confirm_change_and_leave(browser: Browser) -> None:
    status, form = browser.ask("GET", "/subscribe")
    assert status == 200
    assert form.count('name="choice"') == 3
    status, text = browser.post(
        "/subscribe", ("address", "ann@e.org"), ("choice", "weekly:en"), ("choice", "weekly:zh")
    )
    assert (status, "Look into your mail" in text) == (200, True)
    confirm = browser.link("confirm")
    for _ in range(2):
        status, text = browser.ask("GET", confirm)
        assert (status, "推荐周报" in text) == (200, True)
    assert browser.readers() == [("ann@e.org", "pending", 0)]
    status, text = browser.post(confirm)
    assert (status, "You are subscribed" in text) == (200, True)
    assert browser.readers() == [("ann@e.org", "confirmed", 2)]
    publish(browser.context)
    assert mailing.send(browser.context, EDITION).complete
    own = browser.link("p")
    assert browser.ask("GET", own)[1].count(" checked") == 2
    status, text = browser.post(own, ("choice", "weekly:en"))
    assert (status, "Saved." in text, text.count(" checked")) == (200, True, 1)
    leave = browser.link("u")
    assert "Unsubscribe from everything" in browser.ask("GET", leave)[1]
    assert browser.readers() == [("ann@e.org", "confirmed", 1)]
    for _ in range(2):
        status, text = browser.post(leave)
        assert (status, "You are unsubscribed" in text) == (200, True)
    assert browser.readers() == [("ann@e.org", "unsubscribed", 0)]
    assert browser.ask("GET", own)[0] == 404


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"List-Unsubscribe=One-Click", "application/x-www-form-urlencoded"),
        (
            b'--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n',
            "multipart/form-data; boundary=x",
        ),
    ],
)
def test_one_click_from_the_bytes_of_a_mail_without_cookies_and_twice(browser: Browser, body: bytes, kind: str) -> None:
    publish(browser.context)
    subscribe(browser.context, "ann@e.org")
    mailing.send(browser.context, EDITION)
    content = browser.sink.messages[0][1]
    assert b"\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in content
    match = re.search(rb"\r\nList-Unsubscribe: <https://news.e.org(/u/[^>]+)>\r\n", content)
    assert match is not None
    for method in ("GET", "HEAD"):
        browser.ask(method, match[1].decode())
        assert browser.readers() == [("ann@e.org", "confirmed", 1)]
    for _ in range(2):
        status, _text, headers = browser.answer("POST", match[1].decode(), body, {"content-type": kind})
        assert status == 200
        assert "set-cookie" not in headers
        assert browser.readers() == [("ann@e.org", "unsubscribed", 0)]


def test_leaving_everything_is_one_button(browser: Browser) -> None:
    publish(browser.context)
    subscribe(browser.context, "ann@e.org")
    mailing.send(browser.context, EDITION)
    with browser.context.database.write() as tx:
        readers.confirm(tx, 1, [("daily", "en")], browser.context.now)
    browser.post(browser.link("u"), ("everything", "1"))
    assert browser.readers() == [("ann@e.org", "unsubscribed", 0)]


def test_preferences_without_a_choice_are_leaving(browser: Browser) -> None:
    publish(browser.context)
    subscribe(browser.context, "ann@e.org")
    mailing.send(browser.context, EDITION)
    assert "You are unsubscribed" in browser.post(browser.link("p"))[1]
    assert browser.readers() == [("ann@e.org", "unsubscribed", 0)]


@pytest.mark.parametrize(
    "path", ["/confirm/x.y", "/u/1.AAAAAAAAAAAAAAAA", "/p/1.AAAAAAAAAAAAAAAA", "/u/%00", "/p/%F0%9F"]
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_forged_link_changes_nothing(browser: Browser, path: str, method: str) -> None:
    subscribe(browser.context, "ann@e.org")
    status, text = browser.ask(method, path)
    assert (status, "This link does not work" in text) == (404, True)
    assert browser.readers() == [("ann@e.org", "confirmed", 1)]


def test_a_wrong_form_is_shown_again_with_what_was_typed(browser: Browser) -> None:
    status, text = browser.post("/subscribe?lang=zh", ("address", '"><script>'), ("choice", "weekly:zh"))
    assert (status, "请检查邮箱地址" in text) == (400, True)
    assert "<script>" not in text
    assert 'value="weekly:zh" checked' in text
    status, text = browser.post("/subscribe", ("address", "ann@e.org"))
    assert (status, "choose at least one" in text) == (400, True)
    assert browser.readers() == []


def test_too_much_is_refused(browser: Browser) -> None:
    assert browser.ask("POST", "/subscribe", "a=" + "x" * 70_000, FORM)[0] == 413
    assert browser.ask("POST", "/subscribe", "a=1&" * 500, FORM)[0] == 400


def test_who_asks_too_often_waits_and_programs_get_nothing(browser: Browser) -> None:
    def ask(address: str, *more: tuple[str, str]) -> int:
        return browser.post("/subscribe", ("address", address), ("choice", "weekly:en"), *more)[0]

    assert ask("bot@e.org", ("website", "http://spam")) == 200
    assert browser.sink.messages == []
    assert [ask("ann@e.org") for _ in range(3)] == [200, 200, 429]
    assert [ask(f"r{n}@e.org") for n in range(18)].count(429) == 1
    browser.context = replace(browser.context, now=browser.context.now + timedelta(minutes=11))
    assert ask("ann@e.org") == 200


def test_a_mail_server_that_is_not_there_is_our_trouble(browser: Browser, tmp_path: Path) -> None:
    browser.context = replace(
        browser.context, config=office(browser.context.database, tmp_path, f"smtp://127.0.0.1:{free_port()}").config
    )
    status, text = browser.post("/subscribe", ("address", "ann@e.org"), ("choice", "weekly:en"))
    assert (status, "did not work just now" in text) == (503, True)
    assert "127.0.0.1" not in text


def test_the_archive_is_served_without_mails_and_hidden_files(browser: Browser) -> None:
    publish(browser.context)
    (browser.context.output / "index.html").write_text("front page")
    (browser.context.output / ".index.part").write_text("half")
    assert browser.ask("GET", "/") == (200, "front page")
    for path in ("/weekly/2026-W25/en/mail.html", "/.index.part", "/../digest.db", "/%2e%2e/digest.db", "/none"):
        assert browser.ask("GET", path)[0] == 404, path


def test_health_tells_whether_the_store_answers(browser: Browser) -> None:
    status, text = browser.ask("GET", "/healthz")
    assert (status, json.loads(text)) == (200, {"status": "ok"})
    with browser.context.database.write() as tx:
        tx.exec_driver_sql("ALTER TABLE runs RENAME TO gone")
    status, text = browser.ask("GET", "/healthz")
    assert (status, json.loads(text)) == (503, {"status": "store"})


def test_pages_of_people_are_not_kept_or_framed(browser: Browser) -> None:
    _status, text, headers = browser.answer("GET", "/subscribe", headers={"accept-language": "zh-CN,zh;q=0.9"})
    assert "邮件订阅" in text
    assert (headers["cache-control"], headers["referrer-policy"], headers["x-frame-options"]) == (
        "no-store",
        "no-referrer",
        "DENY",
    )
    assert CHOICE == ("weekly", "en")
