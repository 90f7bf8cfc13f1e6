"""A reader's whole way in chromium: sign up, confirm, read the mail, leave."""

from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from digest.steps import mailing
from tests.deliver.office import EDITION, publish
from tests.web.browser import Browser
from tests.web.chromium import CHROMIUM, Chromium

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed"),
]


@pytest.fixture
def chromium(tmp_path: Path) -> Iterator[Chromium]:
    with Chromium(tmp_path / "profile") as started:
        yield started


def test_sign_up_confirm_read_and_leave(browser: Browser, chromium: Chromium, tmp_path: Path) -> None:
    home = f"http://127.0.0.1:{browser.port}"
    assert "Leave this empty" not in chromium.open(f"{home}/subscribe?lang=en")
    assert chromium.run("document.querySelectorAll('input[type=checkbox]:checked').length") == 2
    chromium.run("document.querySelector('input[type=email]').value = 'ann@e.org'")
    assert "Look into your mail" in chromium.press()
    assert "RecSys Weekly (English)" in chromium.open(home + browser.link("confirm"))
    assert browser.readers() == [("ann@e.org", "pending", 0)]
    assert "You are subscribed" in chromium.press()
    assert browser.readers() == [("ann@e.org", "confirmed", 2)]

    publish(browser.context)
    assert mailing.send(browser.context, EDITION).complete
    body = message_from_bytes(browser.sink.messages[-1][1], policy=policy.default).get_body(("html",))
    assert body is not None
    (tmp_path / "mail.html").write_text("<meta charset=utf-8>" + body.get_content().replace("https://news.e.org", home))
    assert "推荐" in chromium.open(f"file://{tmp_path}/mail.html")
    assert "Unsubscribe from everything" in chromium.press("a[href*='/u/']")
    assert browser.readers() == [("ann@e.org", "confirmed", 2)]
    assert "You are unsubscribed" in chromium.press()
    assert browser.readers() == [("ann@e.org", "confirmed", 1)]
    chromium.open(home + browser.link("u"))
    assert "You are unsubscribed" in chromium.press("button[name=everything]")
    assert browser.readers() == [("ann@e.org", "unsubscribed", 0)]
