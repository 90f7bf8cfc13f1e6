from datetime import timedelta

import pytest

from digest.deliver.tokens import CONFIRM_WITHIN, Tokens, Wish
from digest.errors import ConfigError
from tests.store.made import MONDAY

TOKENS = Tokens("a secret of the tests")


def test_a_number_comes_back_for_its_purpose_alone() -> None:
    token = TOKENS.number("unsubscribe", 1_234_567)
    assert TOKENS.read_number("unsubscribe", token) == 1_234_567
    assert TOKENS.read_number("preferences", token) is None
    assert Tokens("another secret, longer").read_number("unsubscribe", token) is None


def test_the_link_for_leaving_fits_into_a_line() -> None:
    assert len("https://digest.example-lab.org/u/" + TOKENS.number("unsubscribe", 16**7)) <= 60


@pytest.mark.parametrize("token", ["", ".", "12", "12.", "zz.AAAA", "é", "1.AAAAAAAAAAAAAAAA", "\ud800"])
def test_a_forged_token_is_nothing(token: str) -> None:
    assert TOKENS.read_number("unsubscribe", token) is None
    assert TOKENS.read_confirm(token, MONDAY) is None


def test_every_changed_character_is_noticed() -> None:
    token = TOKENS.number("unsubscribe", 77)
    for n, sign in enumerate(token):
        changed = token[:n] + ("A" if sign != "A" else "B") + token[n + 1 :]
        assert TOKENS.read_number("unsubscribe", changed) is None


def test_a_confirmation_is_good_for_three_days() -> None:
    token = TOKENS.confirm(7, [("weekly", "en"), ("daily", "zh")], MONDAY)
    wish = Wish(subscriber=7, choices=(("weekly", "en"), ("daily", "zh")))
    assert TOKENS.read_confirm(token, MONDAY) == wish
    assert TOKENS.read_confirm(token, MONDAY + CONFIRM_WITHIN) == wish
    assert TOKENS.read_confirm(token, MONDAY + CONFIRM_WITHIN + timedelta(seconds=1)) is None
    assert Tokens("another secret, longer").read_confirm(token, MONDAY) is None
    assert TOKENS.read_confirm(token[:-1], MONDAY) is None


def test_a_secret_that_can_be_guessed_is_refused() -> None:
    with pytest.raises(ConfigError, match="DIGEST_SECRET needs at least 16 characters"):
        Tokens("short")
