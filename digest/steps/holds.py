"""Whether what is said of several works together holds against them, by the rules that an issue is verified by."""

from collections.abc import Mapping

from digest.domain.issue import Claim
from digest.verify.framing import check_framing
from digest.verify.verdicts import check
from digest.write.framing import Holds


def against(texts: Mapping[str, str]) -> Holds:
    """Check claims against the texts of the items that they cite, by item id."""

    def holds(claim: Claim) -> bool:
        if claim.kind == "framing":
            return check_framing(claim, texts).name == "supported"
        cited = {citation.item: texts.get(citation.item, "") for citation in claim.citations}
        return check(claim.text, cited).name == "supported"

    return holds
