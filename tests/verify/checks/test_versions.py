"""A version belongs to its name: another number is another thing."""

import pytest

from digest.domain.issue import Citation, Claim
from digest.verify.framing import check_framing
from digest.verify.verdicts import check

SOURCE = (
    "DreamWorld 1.0 beats GPT-5.5, Claude Opus 4.8 and GLM-5.1/5.2.\n"
    "Qwen3-30B-A3B and Llama-3.1-8B/70B run at v2.1. Nova 3 is here, says DeepSeek; its V4 Pro has 300B parameters. "
    "The BLEU 25.5 of Nova 3 is the best."
)


@pytest.mark.parametrize(
    "sentence",
    [
        "DreamWorld 1.0 wins.",
        "GPT 5.5 loses.",
        "GLM-5.2 loses to DreamWorld 1.0.",
        "Opus 4.8 loses.",
        "Qwen3 is one of the models.",
        "Llama-3.1-70B runs.",
        "v2.1 is out.",
        "Version 2.1 is out.",
        "DeepSeek V4 Pro has 300B parameters.",
        "DeepSeek V4 有 3000 亿参数。",
        "Nova 3 的 BLEU 为 25.5。",
    ],
)
def test_a_version_stands_with_free_blanks_and_hyphens(sentence: str) -> None:
    assert check(sentence, {"a": SOURCE}).name == "supported"


@pytest.mark.parametrize(
    "sentence",
    [
        "DreamWorld 71.0 wins.",
        "GPT-5 loses.",
        "GPT-55 loses.",
        "GLM-5.3 loses.",
        "Opus 4.7 loses.",
        "Llama-3.2-70B runs.",
        "v2.2 is out.",
        "Version 1.2 is out.",
        "Nova 4 is here.",
        "DeepSeek V3 Pro is here.",
        "DeepSeek V4 Pro 3000B is here.",
        "DreamWorld 71.0 胜出。",
    ],
)
def test_another_version_is_found(sentence: str) -> None:
    verdict = check(sentence, {"a": SOURCE})
    assert (verdict.name, verdict.fault) == ("not found", "name")


def test_a_metric_before_a_decimal_measures_it() -> None:
    assert check("Nova 3 reaches BLEU 29.5.", {"a": SOURCE}).fault == "number"


def test_a_name_of_the_other_language_keeps_its_number() -> None:
    source = {"a": "星图 2.0 发布\n星图 2.0 今日开放。"}
    assert check("Stella 2.0 opens today.", source).fault == "name"
    source = {"a": "Doubao 2.1 is out\nDoubao 2.1 is released as version 3.0.7."}
    assert check("豆包2.1以v3.0.7版本发布。", source).name == "supported"
    assert check("豆包2.1以v3.0.8版本发布。", source).name == "not found"
    assert check("豆包2.2发布。", source).name == "not found"


def test_a_title_of_a_thread_keeps_its_versions_too() -> None:
    sources = {"a": SOURCE, "b": "Nova 3 again\nNova 3 ranks."}
    cited = (Citation(item="a"), Citation(item="b"))
    for text, name in (("GPT-5.5 meets Nova", "supported"), ("GPT-5 meets Nova", "not found")):
        assert check_framing(Claim(kind="framing", text=text, citations=cited), sources).name == name
