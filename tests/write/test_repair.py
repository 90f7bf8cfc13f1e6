"""What fails its check is sent back once, then replaced by the local engine's sentence."""

import asyncio
import json
from dataclasses import replace

import pytest
from jsonschema import Draft202012Validator

from digest.domain.issue import Citation, Claim, Issue
from digest.llm.compare import claims
from digest.llm.hostile import has_link
from digest.packed import packed
from digest.render.document import encode
from digest.verify.claims import Failure, verify
from digest.write.narrate import narrate, summary_of
from digest.write.repair import fall_back, mend, repair
from digest.write.translate import translate
from tests.llm.material import draft, model
from tests.llm.server import MODES, ModelServer

SLOW = {"hang", "slow_first"}
WRONG = Claim(
    kind="quoted",
    text="TokenPath lifts online watch time by 12% and reduces latency.",
    citations=(Citation(item="arxiv:2606.00001", quote="x"),),
)
RIGHT = "TokenPath lifts online watch time by 1.2% and reduces latency by about 8 ms."


def repaired(mode: str, claim: Claim) -> tuple[Claim | None, int]:
    async def inside(server: ModelServer) -> Claim | None:
        async with model(server, attempts=1) as door:
            return await repair(claim, "number", draft()[1], door.ask)

    with ModelServer(mode) as server:
        return asyncio.run(inside(server)), server.calls


def test_a_failed_sentence_is_mended_from_its_source() -> None:
    mended, calls = repaired("honest", WRONG)
    assert mended == Claim(kind="quoted", text=RIGHT, citations=(Citation(item="arxiv:2606.00001", quote=RIGHT),))
    assert calls == 1


@pytest.mark.parametrize("mode", ["invented_links", "down", "refusal", "prose"])
def test_what_can_t_be_mended_is_none(mode: str) -> None:
    assert repaired(mode, WRONG)[0] is None


def test_a_sentence_on_several_items_is_not_sent() -> None:
    both = replace(WRONG, citations=(*WRONG.citations, Citation(item="arxiv:2606.00002", quote="y")))
    assert repaired("honest", both) == (None, 0)
    assert repaired("honest", replace(WRONG, kind="framing")) == (None, 0)


def faults(failures: tuple[Failure, ...]) -> dict[str, str]:
    return {failure.claim.text: failure.verdict.fault for failure in failures}


async def told(issue: Issue, sources: dict[str, str], server: ModelServer) -> tuple[Issue, Issue]:
    """Write, check, mend, check, fall back, translate, check, fall back: as the pipeline does."""
    async with model(server, timeout_s=2.0 if server.mode in SLOW else 20.0, attempts=3) as door:
        written, _ = await narrate(issue, sources, door.ask)
        _, failures = verify(written, sources)
        written = await mend(written, faults(failures), sources, door.ask)
        _, failures = verify(written, sources)
        checked, failures = verify(fall_back(written, faults(failures), issue), sources)
        assert failures == ()
        chinese, _ = await translate(checked, "zh", door.ask, draft("zh")[0])
        _, failures = verify(chinese, sources)
        chinese, failures = verify(fall_back(chinese, faults(failures), checked), sources)
        assert failures == ()
        return checked, chinese


@pytest.mark.parametrize("mode", sorted(MODES))
def test_whatever_the_server_does_both_editions_end_whole_and_supported(mode: str) -> None:
    local, sources = draft()
    with ModelServer(mode) as server:
        server.retry_after = "0.1"
        english, chinese = asyncio.run(told(local, sources, server))
    schema = Draft202012Validator(json.loads((packed("templates") / "issue.schema.json").read_text(encoding="utf-8")))
    for issue in (english, chinese):
        assert list(schema.iter_errors(json.loads(encode(issue)))) == []
        assert all(entry.summary for entry in issue.entries)
        assert all(claim.verdict and claim.verdict.name == "supported" for claim in claims(issue))
        assert not any(has_link(claim.text) for claim in claims(issue))
    cited = [[c.citations for c in claims(issue) if c.kind != "computed"] for issue in (english, chinese)]
    assert cited[0] == cited[1] or english.engine == chinese.engine == "local"
    assert [entry.id for entry in chinese.entries] == [entry.id for entry in english.entries]


def test_an_honest_model_needs_no_mending() -> None:
    local, sources = draft()

    async def inside(server: ModelServer) -> Issue:
        async with model(server) as door:
            return (await narrate(local, sources, door.ask))[0]

    with ModelServer() as server:
        written = asyncio.run(inside(server))
    assert verify(written, sources)[1] == ()
    assert fall_back(written, (), local) == written


def test_a_failed_sentence_gives_way_to_the_base_s_on_the_same_item() -> None:
    local, _ = draft()
    thread = local.threads[0]
    place = next(n for n, claim in enumerate(local.overview) if claim.kind == "quoted" and len(claim.citations) == 1)
    bad = replace(local.overview[place], text="Nonsense.")
    thesis = replace(thread.thesis, text="More nonsense.") if thread.thesis else None
    hurt = replace(
        local,
        overview=(*local.overview[:place], bad, *local.overview[place + 1 :]),
        threads=(replace(thread, thesis=thesis), *local.threads[1:]),
    )
    assert fall_back(hurt, {"Nonsense.", "More nonsense."}, local) == local


def test_a_sentence_without_a_substitute_is_dropped() -> None:
    local, _ = draft()
    extra = Claim(kind="framing", text="Both agree.", citations=(Citation(item="a"), Citation(item="b")))
    hurt = replace(local, overview=(*local.overview, extra))
    assert fall_back(hurt, {"Both agree."}, local) == local


def test_an_entry_never_ends_without_a_sentence() -> None:
    local, _ = draft()
    first = local.entries[0]
    bad = (replace(first.summary[0], text="Nonsense.", citations=(Citation(item="other", quote="x"),)),)
    hurt = replace(local, entries=(replace(first, summary=bad), *local.entries[1:]))
    assert fall_back(hurt, {"Nonsense."}, local) == local


def test_the_summary_follows_the_overview() -> None:
    local, _ = draft()
    gone = fall_back(local, {local.overview[0].text}, replace(local, overview=()))
    assert gone.summary == summary_of(local.overview[1:])
    own = replace(local, summary="An editor wrote this.")
    assert fall_back(own, {local.overview[0].text}, replace(local, overview=())).summary == own.summary
