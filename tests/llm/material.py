"""A small number of our own writing: eight works, a publication, and the local draft of an issue about them."""

from datetime import UTC, datetime

from digest.domain.facts import Facts
from digest.domain.issue import Issue, Publication, Receipt
from digest.domain.item import Item, Work
from digest.domain.score import Score
from digest.domain.thread import Story, Thread
from digest.llm.cache import MemoryAnswers
from digest.llm.client import Model
from digest.llm.settings import ModelSettings
from digest.period import week
from digest.write.framing import framed
from digest.write.local import write
from digest.write.plan import Material, Plan
from tests.llm.server import ModelServer

NOW = datetime(2026, 6, 22, 7, tzinfo=UTC)
PUBLICATION = Publication(
    slug="recsys-weekly",
    titles={"en": "RecSys Weekly", "zh": "推荐周报"},
    cadence="weekly",
    languages=("en", "zh"),
    topics=("recommendation", "ranking", "retrieval"),
    not_topics=("protein folding",),
)
_TEXTS = (
    (
        "GraphLane: Graph Retrieval for Short Video",
        "Meta",
        (
            "We present GraphLane, a graph retrieval system that serves short video at Meta. An online A/B test "
            "over 14 days improves watch time by up to 0.9%. Serving compute falls by 37% relative to the former "
            "system."
        ),
    ),
    (
        "TokenPath: Semantic Identifiers in Feed Ranking",
        "Kuaishou",
        (
            "Kuaishou ranks its feed with semantic identifiers. TokenPath lifts online watch time by 1.2% and "
            "reduces latency by about 8 ms. The identifiers are learned from video and text."
        ),
    ),
    (
        "Cold Start Without Interactions",
        "Pinterest",
        (
            "Pinterest recommends new pins before anyone has saved them. Offline recall at ten rises from 51% to "
            "63%. Nothing is reported about live traffic."
        ),
    ),
    (
        "Measuring Drift in Advertising Models",
        "Google",
        (
            "Google studies how advertising models drift over time. At least 4 of 9 models lose calibration "
            "within three weeks. Retraining each night restores it."
        ),
    ),
    (
        "Semantic Identifiers Survive Catalogue Churn",
        "Alibaba",
        (
            "Alibaba keeps semantic identifiers stable while its catalogue changes. The identifiers cut storage "
            "by 53-398x. An online test reports +0.3% orders."
        ),
    ),
    (
        "Retrieval Budgets for Feed Ranking",
        "Spotify",
        (
            "Spotify spends its retrieval budget where the listener is undecided. Online ranking latency is 12 ms "
            "lower at the same quality. The method needs no new data."
        ),
    ),
    (
        "A Note on Evaluation",
        "",
        (
            "Researchers compare sampled and full evaluation. Sampled metrics order 3 of 5 recommenders wrongly. "
            "They advise full evaluation where it can be paid for."
        ),
    ),
    (
        "Listening Sessions as Graphs",
        "",
        (
            "The authors model listening sessions as graphs. Retrieval from the graph finds tracks that sequences "
            "miss. The data set holds 1.6M sessions."
        ),
    ),
)


def item(number: int, title: str, text: str) -> Item:
    """Make a paper."""
    return Item(
        id=f"arxiv:2606.{number:05d}",
        source="cs-ir",
        kind="paper",
        title=title,
        url=f"https://arxiv.example/abs/2606.{number:05d}",
        first_seen=NOW,
        text=text,
        published=NOW,
    )


def works(more: dict[int, str] | None = None) -> tuple[Work, ...]:
    """Make the works; `more` adds text to the one of a number."""
    texts = [(title, text + (more or {}).get(n, "")) for n, (title, _, text) in enumerate(_TEXTS)]
    return tuple(Work(id=f"work-{n}", items=(item(n, *both),)) for n, both in enumerate(texts))


def draft(language: str = "en", more: dict[int, str] | None = None) -> tuple[Issue, dict[str, str]]:
    """Write the local draft of the works, and return it with the sources' texts by item id."""
    made = works(more)
    stories = tuple(Story(id=f"story-{n}", works=(work,)) for n, work in enumerate(made))
    threads = (
        Thread(id="t-identifiers", stories=(stories[1], stories[4]), terms=("semantic identifiers",), cohesion=0.6),
        Thread(id="t-retrieval", stories=(stories[0], stories[5], stories[7]), terms=("retrieval",), cohesion=0.5),
    )
    facts = {
        work.lead.id: Facts(item=work.lead.id, company=company, industry=bool(company))
        for work, (_, company, _) in zip(made, _TEXTS, strict=True)
    }
    material = Material(
        publication=PUBLICATION,
        period=week("2026-W25"),
        date=NOW,
        stories=stories,
        threads=threads,
        scores={work.id: Score(item=work.id, criterion="overall", value=4.0, reason="on topic") for work in made},
        facts=facts,
        source_titles={"cs-ir": "cs.IR"},
        read={"paper": len(made)},
        receipt=Receipt(),
        frames={t.id: framed(t, facts, (language,), lambda _claim: True) for t in threads},
    )
    rest = tuple(story for n, story in enumerate(stories) if n in {2, 3, 6})
    issue = write(material, Plan(featured=(), threads=threads, remainder={"paper": rest}), language)
    return issue, {work.lead.id: f"{work.lead.title}\n{work.lead.text}" for work in made}


def settings(server: ModelServer, **changes: object) -> ModelSettings:
    """Settings for the fake server, in a hurry."""
    values: dict[str, object] = {
        "base_url": server.base_url,
        "model_cheap": "fake-cheap",
        "model_best": "fake-best",
        "timeout_s": 10.0,
        "wait_initial_s": 0.01,
        "wait_max_s": 0.2,
    }
    return ModelSettings(**(values | changes))  # type: ignore[arg-type]  # the changes are a test's own


def model(server: ModelServer, answers: MemoryAnswers | None = None, **changes: object) -> Model:
    """A model at the fake server."""
    return Model(settings(server, **changes), answers or MemoryAnswers(), now=NOW)
