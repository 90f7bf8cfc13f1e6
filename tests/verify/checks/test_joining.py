"""A sentence that joins two sources tells of each what that one tells."""

import pytest

from digest.verify.verdicts import check

SOURCES = {
    "a": "TideRank: Reordering Feeds\nTideRank reorders feeds by mood. It serves the Marlowe bookstore.",
    "b": "QuillNet: Compressing Prompts\nQuillNet compresses prompts on phones. It is in use at the Osprey hospital.",
}
TRUE = [
    "TideRank reorders feeds by mood, while QuillNet compresses prompts on phones.",
    "QuillNet is in use at the Osprey hospital; TideRank serves the Marlowe bookstore.",
    "TideRank and QuillNet are both in use, at the Marlowe bookstore and the Osprey hospital.",
    "TideRank serves a bookstore; the other system works in a hospital.",
]
CROSSED = [
    "QuillNet reorders feeds by mood, while TideRank compresses prompts on phones.",
    "TideRank is in use at the Osprey hospital; QuillNet serves the Marlowe bookstore.",
    "TideRank 在手机上压缩提示词，用于 Osprey 医院。",
    "QuillNet 服务于 Marlowe 书店；TideRank 用于 Osprey 医院。",
]


@pytest.mark.parametrize("sentence", TRUE)
def test_what_each_source_tells_passes(sentence: str) -> None:
    assert check(sentence, SOURCES).name == "supported"


@pytest.mark.parametrize("sentence", CROSSED)
def test_what_the_other_source_tells_is_contradicted(sentence: str) -> None:
    verdict = check(sentence, SOURCES)
    assert (verdict.name, verdict.fault) == ("contradicted", "swap")
