import random

from digest.cluster.stories import headline, stories
from digest.domain.item import Work
from tests.cluster.compose import item, work

TIDE = (
    "Tidal engineers at Port Ellery switched on the Grand Sluice turbine on Tuesday. Mayor Odile Brandt said the "
    "turbine feeds nine thousand homes in Ellery Harbour. Brandt thanked the crew of engineer Tomas Weil, who had"
    " rebuilt the sluice after the flood of 2019. The Grand Sluice turbine is the first of four at Port Ellery. "
)
RETOLD = (
    "The Grand Sluice turbine of Port Ellery runs at last. Engineer Tomas Weil and his crew rebuilt the sluice "
    "after the flood of 2019, and mayor Odile Brandt switched it on. Nine thousand homes in Ellery Harbour get "
    "tidal power. Three more turbines follow at Port Ellery, said Brandt. "
)
CHESS = (
    "Grandmaster Ilse Korn won the Winter Chess Cup in Vasterhus after a queen sacrifice against Piet Oosterling."
    " Korn needed six hours. Oosterling led the tournament until the last round in Vasterhus and called the "
    "sacrifice a gift to every chess book. The Winter Chess Cup returns to Vasterhus in March. "
)


def grouped(works: list[Work]) -> set[frozenset[str]]:
    return {frozenset(work.id for work in story.works) for story in stories(works)}


def test_reports_of_one_event_meet_across_languages() -> None:
    works = [
        work("feed:a:1", "Microsoft buys robot maker Ladlebotics for $4.2 billion"),
        work("feed:b:1", "Microsoft to acquire Ladlebotics in $4.2B deal", hours=3),
        work("feed:c:1", "微软将以42亿美元收购机器人公司Ladlebotics", language="zh", hours=5),
        work("feed:d:1", "Why gardeners love rain", hours=1),
        work("feed:e:1", "欧盟讨论新的数据中心噪音标准", language="zh", hours=2),
    ]
    assert grouped(works) == {
        frozenset({"feed:a:1", "feed:b:1", "feed:c:1"}),
        frozenset({"feed:d:1"}),
        frozenset({"feed:e:1"}),
    }


def test_the_order_of_the_works_is_free_and_ids_name_the_first_report() -> None:
    works = [work(f"feed:a:{n}", f"Nokia opens plant number {n} in Finland for chips", hours=n) for n in range(6)]
    expected = stories(works)
    random.Random(2).shuffle(works)  # noqa: S311  a sample, no secret
    assert stories(works) == expected
    assert all(story.id.startswith("story:feed:a:") for story in expected)


def test_running_texts_without_titles_meet_by_their_wording() -> None:
    works = [work("a:1", "", TIDE), work("a:2", "", RETOLD), work("a:3", "", CHESS)]
    assert grouped(works) == {frozenset({"a:1", "a:2"}), frozenset({"a:3"})}


def test_papers_repositories_and_episodes_are_stories_of_their_own() -> None:
    title = "Microsoft buys robot maker Ladlebotics for $4.2 billion"
    papers = [work(f"arxiv:{n}", title, TIDE, kind="paper") for n in range(2)]
    repositories = [work(f"github:a/{n}", title, kind="repository") for n in range(2)]
    episodes = [work("pod:1", title, kind="episode"), work("feed:a:1", title)]
    assert len(stories(papers)) == len(stories(repositories)) == len(stories(episodes)) == 2


def test_weeks_apart_is_another_event() -> None:
    title = "Microsoft buys robot maker Ladlebotics for $4.2 billion"
    assert len(stories([work("a:1", title), work("a:2", title, hours=24 * 5)])) == 1
    assert len(stories([work("a:1", title), work("a:2", title, hours=24 * 9)])) == 2


def test_a_list_of_events_ties_nothing_together() -> None:
    works = [
        work("a:1", "微软以42亿美元收购机器人公司Ladlebotics", language="zh"),
        work("a:2", "早报：微软以42亿美元收购Ladlebotics；诺基亚关闭工厂；欧盟讨论噪音", language="zh"),
    ]
    assert len(stories(works)) == 2


def test_the_origin_speaks_first() -> None:
    works = [
        work("feed:a:1", "Soupnet: Microsoft releases Soupnet 2.0 for cooks", hours=1),
        work("arxiv:1", "Soupnet 2.0: Microsoft Cooks", kind="paper", hours=2),
    ]
    (found,) = stories(works)
    assert found.lead.id == "arxiv:1"
    assert found.id == "story:feed:a:1"


def test_another_language_of_the_same_work_helps_to_meet() -> None:
    both = Work(
        id="feed:a:1",
        items=(
            item("feed:a:1", "港口图书馆开放", language="zh"),
            item("feed:a:2", "Ellery Harbour opens Robolibrary with Nokia"),
        ),
    )
    assert len(stories([both, work("feed:b:1", "Nokia opens Robolibrary in Ellery Harbour")])) == 1


def test_odd_works_pass() -> None:
    works = [
        work("a:1", ""),
        work("a:2", "Soup"),
        work("a:3", "https://site.example/x"),
        work("a:4", "", "x" * 1_000_000),
    ]
    assert len(stories(works)) == 4
    assert stories([]) == []


def test_an_item_without_title_is_headed_by_its_first_sentence() -> None:
    assert headline(item("a:1", " ", "Rain falls. Nobody cares.")) == "Rain falls."
    assert headline(item("a:1", "Rain", "Sun.")) == "Rain"
    assert headline(item("a:1", "", "")) == ""
