"""Whether a text says that it was tested on live traffic, with or without a figure."""

import pytest

from digest.read.facts import facts
from digest.read.tested import live_test
from digest.text import sentences

TESTED = (
    "Offline and online experiments on two product lines show that Heron beats every strong baseline.",
    "In online A/B tests on a cooking app, Heron achieves gains in saved recipes (+0.4%).",
    "An A/B test covering a tenth of the readers confirms the effect.",
    "Heron has been deployed in our shop, where live traffic experiments brought significant gains in orders.",
    "Online A/B tests on a large platform, run for two weeks, demonstrate its value.",
    "We report online results demonstrating improved engagement.",
    "A randomized field experiment increases matches between cooks and kitchens.",
    "Extensive offline and online evaluations validate the design.",
    "线上A/B实验表明，该方法显著提升了用户活跃。",
)
NOT_TESTED = (
    "Online A/B tests are costly and slow, which has led to simpler proxies.",
    "However, online A/B testing is often infeasible, and offline metrics show little.",
    "Our estimator predicts the outcome of online A/B tests and reduces their number.",
    "It achieves good ranking without online A/B tests.",
    "A/B testing with 300 simulated users reveals a link between history and preference.",
    "On the final online test set our method achieved an F1 of 0.9.",
    "We combine online and offline reinforcement learning and show gains.",
    "Our benchmark shows real traffic scenes.",
    "Extensive experiments on three public datasets show the benefit.",
    "Online A/B tests, then.",
    "Clicks are logged from real traffic and show what people like.",
    "A human evaluation of 6,000 A/B comparisons confirms quality.",
    "It reduces cost, enabling full-scale monitoring and highly sensitive A/B testing.",
    "It grows a library of tools online and lifts the pass rate.",
    "Its reliance on real user traffic limits what design teams can validate.",
    "In a preregistered online experiment, cooks were shown letters and rated them as significant.",
    "线上实验成本高昂，难以频繁开展。",
)


@pytest.mark.parametrize("sentence", TESTED)
def test_a_test_on_live_traffic_is_read_with_its_sentence(sentence: str) -> None:
    spans = list(sentences(f"Cooks want better recipes. {sentence} The code is public."))
    found = live_test(spans)
    assert found is not None
    assert found.text == sentence


@pytest.mark.parametrize("sentence", NOT_TESTED)
def test_what_only_speaks_of_tests_was_not_tested(sentence: str) -> None:
    assert live_test(list(sentences(sentence))) is None


def test_facts_say_that_there_was_a_test_and_make_up_no_figure() -> None:
    read = facts("a", "Heron", f"We rank recipes. {TESTED[0]}")
    assert (read.tested, read.tested_quote, read.deployed, read.results) == (True, TESTED[0], False, ())
    silent = facts("b", "Heron", "We rank recipes on public data.")
    assert (silent.tested, silent.tested_quote) == (False, "")
