"""Which themes become the threads of a number."""

from dataclasses import replace

from digest.domain.issue import Claim, Publication
from digest.domain.thread import Story
from digest.steps.cluster import Seeker, shown, with_fields
from digest.write.plan import Choice
from tests.cluster.test_threads import Past
from tests.write.test_framing import item, thread, told

WEEKLY = Publication(slug="kitchen", titles={"en": "Kitchen"}, cadence="weekly", languages=("en", "zh"), threads=(2, 3))
PLAIN = tuple(told(item(f"feed:p:{n}", "?", language="en")) for n in range(3))


def holds(_claim: Claim) -> bool:
    return True


def sums(*firms: str) -> tuple[Story, ...]:
    return tuple(
        told(
            item(f"feed:{firm}:1", f"{firm} raises $7 billion"),
            item(f"feed:{firm}:2", f"{firm} 融资 70 亿美元", language="zh"),
        )
        for firm in firms
    )


FIRM = thread(*sums("Anthropic", "OpenAI", "Mistral"), terms=("deals and funding",))
LOOSE = replace(FIRM, id="loose", weak=True)
MUTE = replace(thread(*PLAIN, terms=("robots",)), id="mute")
WORD = replace(FIRM, id="word", terms=("Exploration",))


def test_threads_with_a_thesis_come_first_and_others_fill_the_least_number() -> None:
    def chosen(*threads: object) -> list[str]:
        return [one.id for one in shown(threads, {}, WEEKLY, holds)]  # type: ignore[arg-type]  threads

    many = [replace(FIRM, id=f"firm-{n}") for n in range(4)]
    assert chosen(MUTE, *many, LOOSE) == ["firm-0", "firm-1", "firm-2"]
    assert chosen(MUTE, FIRM, LOOSE) == [FIRM.id, "loose"]
    assert chosen(MUTE, WORD) == ["mute"]
    assert chosen(replace(MUTE, weak=True), replace(MUTE, stories=PLAIN[:2])) == []


AGENTS = tuple(
    told(item(f"arxiv:x:{n}", title, text, kind="paper"))
    for n, (title, text) in enumerate(
        (
            ("SpoonHarness: An Agent Harness for Cooks", "We propose SpoonHarness, an agent harness."),
            ("PanMind: Agent Memory in Kitchens", "We propose PanMind, agent memory for pans."),
            ("PotCrew: Agent Orchestration at Noon", "We propose PotCrew, agent orchestration for pots."),
        )
    )
)


AGENTS_TOLD = replace(thread(*AGENTS, terms=("agents",)), id="old")


def test_a_field_that_an_earlier_number_told_keeps_its_id_and_no_two_threads_have_one() -> None:
    more = tuple(
        told(item(f"arxiv:y:{n}", f"Mug{n}: An Agent for Mugs", f"We propose Mug{n}.", kind="paper")) for n in range(9)
    )
    old = Past(id="old", terms=("agents",), works=frozenset(s.lead.id for s in (*AGENTS, *more)))
    seek = Seeker(past=(old,), weight={s.id: 4.0 for s in (*AGENTS, *more)}, facts={}, holds=holds)
    choice = Choice(kept=(*AGENTS, *more), below=(), dropped=())
    first = with_fields((), choice, WEEKLY, seek)
    assert [one.id for one in first] == ["old"]
    assert [one.id for one in with_fields((AGENTS_TOLD,), choice, WEEKLY, seek)] == ["old"]


def test_papers_beside_the_news_are_told_by_their_field_where_there_is_room() -> None:
    stories = (*AGENTS, *FIRM.stories)
    seek = Seeker(past=(), weight={story.id: 4.0 for story in stories}, facts={}, holds=holds)
    choice = Choice(kept=stories, below=(), dropped=())

    def told_by(*threads: object) -> list[str]:
        return [one.terms[0] for one in with_fields(threads, choice, WEEKLY, seek)]  # type: ignore[arg-type]  threads

    assert told_by() == ["agents"]
    assert told_by(FIRM) == ["deals and funding", "agents"]
    assert told_by(MUTE) == ["agents", "robots"]
    assert told_by(AGENTS_TOLD) == ["agents"]
    assert told_by(*[replace(FIRM, id=f"firm-{n}") for n in range(3)]) == ["deals and funding"] * 3
    assert with_fields((MUTE,), replace(choice, kept=AGENTS[:2]), WEEKLY, seek) == [MUTE]
