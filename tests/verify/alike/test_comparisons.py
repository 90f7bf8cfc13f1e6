"""A comparand of another kind and the wrong winner are faults; a comparison told from its other side is not."""

import pytest

from digest.verify.verdicts import check

SOURCE = (
    "Heron: Staged Reading for Long Ledgers\n"
    "Earlier auditors read every page. Stork is an unsupervised auditor. On LedgerQA, Heron improves accuracy by 4.2 "
    "points over the base model and by 2.6 points over the previous best system, Egret. It needs 37% fewer tokens than "
    "full fine-tuning while its recall trails human auditors by 5.8 points. Training takes 3.1 hours, compared with "
    "9.4 hours for Stork. Heron stores 18% more notes than the strongest unconstrained reader. Its index uses 12.5% "
    "of the disk space and bandwidth of uncompressed ledgers. Heron outperforms Crane, Gull and Tern by 7.7%. "
    "On tax questions a staged reader outperforms outcome-only supervision. "
    "The stamp cabinet is smaller than a pruned catalogue."
)

TRUE = [
    "Egret, the previous best, trails Heron by 2.6 points in accuracy on LedgerQA.",
    "Heron's accuracy on LedgerQA is 4.2 points above that of its base model.",
    "Human auditors' recall is 5.8 points higher than Heron's.",
    "Stork takes 9.4 hours to train, against 3.1 hours for Heron.",
    "Heron gets by on 37% fewer tokens than a fully fine-tuned model.",
    "较全量微调，词元用量减少 37%。",
    "Heron beats the previous best system by 2.6 points and comes close to Stork.",
    "Heron is 7.7% ahead of Tern.",
    "On tax questions the staged reader beats supervision by outcomes alone.",
    "Rather than every page, Heron reads stages, and its recall is 5.8 points lower than human auditors'.",
]
FAULTY = [
    ("Heron trails Egret by 2.6 points in accuracy on LedgerQA.", "comparison"),
    ("Heron's accuracy on LedgerQA is 4.2 points above that of the previous best system.", "baseline"),
    ("Heron's accuracy is 2.6 points above that of its base model.", "baseline"),
    ("苍鹭在 LedgerQA 上的准确率比此前最佳系统高 4.2 个百分点。", "baseline"),
    ("Training takes 3.1 hours, compared with 9.4 hours for Egret.", "baseline"),
    ("Heron stores 18% more notes than the strongest constrained reader.", "baseline"),
    ("Its index uses 12.5% of the disk space and bandwidth of compressed ledgers.", "baseline"),
    ("On tax questions the staged reader outperforms process supervision.", "baseline"),
    ("在税务问题上，分阶段阅读器优于过程监督。", "baseline"),
    ("The stamp cabinet is smaller than an unpruned catalogue.", "baseline"),
    ("Heron needs 37% fewer tokens than adapters.", "baseline"),
]


@pytest.mark.parametrize("sentence", TRUE)
def test_a_comparison_from_either_side_is_supported(sentence: str) -> None:
    verdict = check(sentence, {"a": SOURCE})

    assert (verdict.name, verdict.fault) == ("supported", "")


@pytest.mark.parametrize(("sentence", "fault"), FAULTY)
def test_a_comparand_of_another_kind_or_the_wrong_winner_is_a_fault(sentence: str, fault: str) -> None:
    assert check(sentence, {"a": SOURCE}).fault == fault
