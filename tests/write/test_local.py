"""What an edition of the local engine names beside its entries."""

from dataclasses import replace

from digest.domain.issue import Citation, Claim, Issue, Publication, Receipt
from digest.domain.score import Score
from digest.domain.thread import Story, Thread
from digest.period import week
from digest.write.framing import Frame
from digest.write.local import write
from digest.write.plan import Material, Plan
from tests.llm.material import NOW
from tests.write.test_framing import item, told

WEEKLY = Publication(slug="kitchen", titles={"en": "Kitchen"}, cadence="weekly", languages=("en",), kinds=("post",))


def edition(*threads: tuple[Story, ...], thesis: Claim | None = None) -> Issue:
    made = tuple(
        Thread(id=f"t{n}", stories=stories, terms=("soup",), cohesion=0.5) for n, stories in enumerate(threads)
    )
    stories = tuple(story for thread in threads for story in thread)
    material = Material(
        publication=WEEKLY,
        period=week("2026-W25"),
        date=NOW,
        stories=stories,
        threads=made,
        scores={s.lead.id: Score(item=s.lead.id, criterion="overall", value=4.0, reason="soup") for s in stories},
        facts={},
        source_titles={},
        read={"post": 3},
        receipt=Receipt(),
        frames={thread.id: {"en": Frame(title="Soup", thesis=thesis)} for thread in made},
    )
    return write(material, Plan(featured=(), threads=made, remainder={}), "en")


def test_a_voice_that_a_thesis_cites_stands_with_its_entry_so_that_it_can_be_opened() -> None:
    bought = told(item("feed:a:1", "Ladlebotics buys Panworks"), item("feed:b:1", "Panworks sold for $2 billion"))
    raised = told(item("feed:c:1", "Kettle Labs raises $1 billion"))
    thesis = Claim(
        kind="quoted",
        text="The sums named: $2 billion (Panworks) and $1 billion (Kettle Labs).",
        citations=(
            Citation(item="feed:b:1", quote="Panworks sold for $2 billion"),
            Citation(item="feed:c:1", quote="Kettle Labs raises $1 billion"),
        ),
    )
    issue = edition((bought, raised), thesis=thesis)
    assert [[(voice.id, voice.url) for voice in entry.voices] for entry in issue.entries] == [
        [("feed:b:1", "https://site.example/feed:b:1")],
        [],
    ]
    plain = replace(thesis, citations=thesis.citations[1:])
    assert all(not entry.voices for entry in edition((bought, raised), thesis=plain).entries)


def proofs(words: int) -> list[int]:
    """Count the proofs of each of two threads whose headlines have that many words."""
    threads = [
        tuple(told(item(f"feed:{name}{n}:1", f"{name} {n} {'soup ' * (words - 3)}pot")) for n in range(4))
        for name in "AB"
    ]
    claims = edition(*threads).overview
    return [sum(c.text.startswith(f"{name} ") for c in claims) for name in "AB"]


def test_an_overview_gives_later_threads_a_further_proof_while_there_is_room() -> None:
    assert proofs(8) == [3, 3]
    assert proofs(30) == [3, 2]
