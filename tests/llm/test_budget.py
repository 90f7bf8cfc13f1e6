"""Money: bounds, estimates, and what is given up first."""

import pytest

from digest.llm.budget import (
    DEAR,
    DEGRADATION,
    FREE,
    Budget,
    Load,
    at_most,
    choose,
    estimate,
    model_for,
    price_of,
    tokens,
)
from digest.llm.settings import ModelSettings, Price

SETTINGS = ModelSettings(
    base_url="https://api.example.com/v1",
    model_cheap="gpt-4o-mini",
    model_best="nobody-knows-it",
    prices={"mine": Price(prompt=1.0, completion=2.0)},
)
LOADS = (
    Load(step="score", tier="cheap", calls=1000, prompt_chars=3_000, completion_tokens=100),
    Load(step="narrate", tier="best", calls=30, prompt_chars=12_000, completion_tokens=300),
)


def test_a_reservation_never_passes_the_tighter_cap() -> None:
    budget = Budget(run=10.0, month=12.0, month_spent=5.0)
    assert budget.left == 7.0
    assert budget.reserve(4.0)
    assert not budget.reserve(3.5)
    budget.settle(4.0, 1.0)
    assert budget.left == 6.0
    assert budget.reserve(6.0)
    assert not budget.reserve(0.01)
    assert budget.reserve(0.0)


def test_without_a_cap_everything_is_allowed_and_a_used_up_one_allows_nothing() -> None:
    free = Budget(run=None, month=None, month_spent=3.0)
    assert free.left is None
    assert free.reserve(1e9)
    gone = Budget(run=None, month=3.0, month_spent=5.0)
    assert gone.left == 0.0
    assert not gone.reserve(0.0001)


def test_prices_come_from_the_configuration_the_list_the_host_or_the_worst_case() -> None:
    assert price_of("mine", SETTINGS) == Price(prompt=1.0, completion=2.0)
    assert price_of("gpt-4o-mini", SETTINGS) == Price(prompt=0.15, completion=0.6)
    assert price_of("nobody-knows-it", SETTINGS) == DEAR
    for host in ("http://127.0.0.1:1/v1", "http://localhost/v1", "http://10.0.0.3/v1", "http://[::1]:8/v1"):
        local = ModelSettings(base_url=host, model_cheap="a", model_best="gpt-4o")
        assert price_of("gpt-4o", local) == FREE


def test_no_text_has_more_tokens_than_its_bound() -> None:
    price = Price(prompt=1_000_000.0, completion=0.0)
    for text in ("word " * 50, "推荐系统" * 50, "\U0001f600" * 20):
        assert at_most([text], 0, price) >= len(text.encode())
        assert tokens(text) <= at_most([text], 0, price)
    assert (tokens("a" * 400), tokens("推荐" * 70), tokens("")) == (100, 100, 0)


def test_the_estimate_names_calls_tokens_and_dollars_of_each_step() -> None:
    score, narrate = estimate(LOADS, SETTINGS)
    assert (score.calls, score.prompt_tokens, score.completion_tokens) == (1000, 750_000, 100_000)
    assert score.usd == pytest.approx(0.75 * 0.15 + 0.1 * 0.6)
    assert (narrate.model, narrate.usd) == ("nobody-knows-it", pytest.approx((90_000 * 15 + 9_000 * 75) / 1e6))


def test_what_is_given_up_follows_the_declared_order() -> None:
    caps = [None, 2.0, 1.0, 0.5, 0.1, 0.0]
    plans = [choose(LOADS, SETTINGS, cap) for cap in caps]
    places = [DEGRADATION.index(plan) for plan in plans]
    assert places == sorted(places)
    assert places[0] == 0
    assert plans[-1].local
    assert estimate(LOADS, SETTINGS, plans[-1]) == ()
    for cap, plan in zip(caps[1:], plans[1:], strict=True):
        assert sum(step.usd for step in estimate(LOADS, SETTINGS, plan)) <= (cap or 0.0)
    costs = [sum(step.usd for step in estimate(LOADS, SETTINGS, plan)) for plan in DEGRADATION]
    assert costs == sorted(costs, reverse=True)


def test_a_tier_without_a_model_falls_to_the_other() -> None:
    only = ModelSettings(base_url="", model_cheap="", model_best="b")
    assert (model_for("cheap", only), model_for("best", only)) == ("b", "b")
    assert (model_for("cheap", SETTINGS), model_for("best", SETTINGS)) == ("gpt-4o-mini", "nobody-knows-it")
