"""How an issue is laid out: marks, quotations, entries at their place."""

from dataclasses import replace

from digest.domain.issue import Citation, Claim, Section, Voice
from digest.render.view import framed, shown, verbatim, view
from tests.render import samples


def test_what_was_read_comes_first_and_the_rest_in_paragraphs() -> None:
    seen = view(samples.english())
    assert [sentence.kind for sentence in seen.read] == ["computed", "computed"]
    assert [[sentence.kind for sentence in paragraph] for paragraph in seen.overview] == [
        ["framing", "quoted", "quoted"],
        ["framing", "quoted"],
    ]


def test_long_runs_of_sentences_are_broken_up() -> None:
    issue = replace(samples.english(), overview=tuple(samples.quoted("x", f"Sentence {n}.") for n in range(12)))
    assert [len(paragraph) for paragraph in view(issue).overview] == [5, 5, 2]


def test_the_proofs_of_a_thread_stay_with_the_line_that_counts_it() -> None:
    issue = samples.english()
    thread = issue.threads[0]
    line = Claim(
        kind="computed", text="Main line.", citations=(Citation(item="receipt"),),
        figures={f"by_thread.{thread.id}.stories": 2.0},
    )  # fmt: skip
    proof = [samples.quoted(thread.items[0], f"Proof {n}.") for n in range(3)]
    other = samples.quoted("somewhere:else", "Besides.")
    told = view(replace(issue, overview=(line, *proof, other, other)))
    assert [len(paragraph) for paragraph in told.overview] == [4, 2]
    bare = view(replace(issue, overview=(line, line, other)))
    assert [len(paragraph) for paragraph in bare.overview] == [1, 1, 1]


def test_sources_are_numbered_in_the_order_of_the_page() -> None:
    seen = view(samples.english())
    numbers = [mark.number for paragraph in seen.overview for sentence in paragraph for mark in sentence.marks]
    assert numbers == [1, 2, 1, 2, 1, 3, 3]
    assert seen.read[0].marks[0].number == 0
    assert seen.read[0].marks[0].url == "#receipt"
    assert [sentence.number for sentence in seen.sentences] == list(range(1, len(seen.sentences) + 1))


def test_a_mark_opens_its_source_at_the_words() -> None:
    mark = view(samples.english()).overview[0][2].marks[0]
    assert mark.url.startswith("https://arxiv.org/abs/2606.00002#:~:text=PebbleGraph%20has%20served")
    assert mark.label == "Source 2: PebbleGraph: Hourly Graphs for Retrieval"
    assert mark.quote == samples.DEPLOYED


def test_a_source_is_marked_once_a_sentence_however_many_words_it_gives() -> None:
    first, second = (Citation(item=entry.id, quote=entry.kind) for entry in samples.entries()[:2])
    claim = Claim(kind="quoted", text="Both.", citations=(second, first, replace(second, quote="more")))
    seen = view(replace(samples.english(), overview=(claim,))).overview[0][0]
    assert [(mark.number, mark.quote) for mark in seen.marks] == [(1, "paper"), (2, "paper"), (1, "more")]
    assert [(mark.number, mark.quote) for mark in seen.sources] == [(1, "paper"), (2, "paper")]


def test_a_source_that_is_not_in_the_issue_gets_a_mark_without_a_link() -> None:
    claim = samples.quoted("arxiv:elsewhere", "Words.")
    mark = view(replace(samples.english(), overview=(claim,))).overview[0][0].marks[0]
    assert (mark.url, mark.label) == ("", "Source 1: arxiv:elsewhere")


def test_a_cited_voice_of_an_entry_is_opened_at_its_words() -> None:
    english = samples.english()
    spoken = Voice(id="feed:other:1", title="Another report", url="https://other.example/1")
    entries = (replace(english.entries[0], voices=(spoken,)), *english.entries[1:])
    claim = samples.quoted("feed:other:1", "Words.")
    mark = view(replace(english, entries=entries, overview=(claim,))).overview[0][0].marks[0]
    assert (mark.url, mark.label) == ("https://other.example/1#:~:text=Words.", "Source 1: Another report")


def test_only_the_sources_own_words_are_a_quotation() -> None:
    assert verbatim(samples.quoted("a", "Its own words."))
    assert verbatim(samples.quoted("a", "Its own  words", "Its own words."))
    assert verbatim(samples.quoted("a", r"We propose \textsc{SoupRank}, a ladle.", "We propose SoupRank, a ladle."))
    assert not verbatim(samples.quoted("a", "Its own words.", "Words that are ours."))
    assert not verbatim(samples.framing("Its own words.", "a", "b"))


def test_another_language_is_marked() -> None:
    assert shown("zh", "An English title") == ("An English title", "en")
    assert shown("en", "中文标题") == ("中文标题", "zh-CN")
    assert shown("zh", "提升CTR的方法") == ("提升 CTR 的方法", "")
    assert shown("en", "A title") == ("A title", "")


def test_our_own_words_are_chinese_however_many_names_they_hold() -> None:
    assert framed("zh", "PebbleGraph 和LanternRank 都涉及 end-to-end。") == (
        "PebbleGraph 和 LanternRank 都涉及 end-to-end。",
        "",
    )
    assert framed("zh", "Open-source：Launch") == ("Open-source：Launch", "")
    assert framed("zh", "Open source") == ("Open source", "en")
    assert framed("en", "Open source 小舟") == ("Open source 小舟", "")
    issue = replace(
        samples.chinese(), overview=(samples.framing("PebbleGraph 和 LanternRank 都涉及 retrieval。", "a", "b"),)
    )
    assert view(issue).overview[0][0].lang == ""


def test_each_entry_stands_once_and_none_is_lost() -> None:
    seen = view(samples.english())
    ids = [card.id for part in seen.parts for card in part.cards]
    assert sorted(ids) == sorted(entry.id for entry in samples.entries())
    assert [card.id for card in seen.threads[1].again] == ["arxiv:2606.00002"]
    assert seen.sections[-1].title == "Also in this issue"
    assert [card.id for card in seen.sections[-1].cards] == ["arxiv:2606.00003"]


def test_ids_that_are_not_in_the_issue_are_passed_over() -> None:
    section = Section(slug="s", title="S", claims=(), items=("gone", "arxiv:2606.00001", "arxiv:2606.00001"))
    seen = view(replace(samples.english(), threads=(), sections=(section,)))
    assert [card.id for card in seen.sections[0].cards] == ["arxiv:2606.00001"]


def test_a_card_does_not_repeat_its_title_or_the_thread_above() -> None:
    seen = view(samples.english())
    first = seen.threads[0].cards[0]
    tweet = seen.sections[0].cards[0]
    assert first.summary == ()
    assert tweet.summary == ()
    texts = [sentence.text for sentence in seen.sentences]
    assert texts.count(samples.TWEET) == 1  # still on the evidence page


def test_a_paraphrase_of_the_same_words_is_not_told_twice() -> None:
    issue = samples.english()
    told = samples.quoted("arxiv:2606.00002", samples.GRAPH, "PebbleGraph: the authors propose an hourly item graph.")
    seen = view(replace(issue, threads=(replace(issue.threads[0], claims=(told,)),)))
    assert [len(card.summary) for card in seen.threads[0].cards] == [1, 0]


def test_an_author_who_is_the_source_itself_is_not_named_again() -> None:
    issue = samples.english()
    one = replace(issue.entries[0], source_title="X: Ladle News (@ladle)", authors=("X: Ladle News (@ladle", "R. Role"))
    parts = view(replace(issue, entries=(one, *issue.entries[1:]))).parts
    assert {card.authors for part in parts for card in part.cards if card.id == one.id} == {"R. Role"}


def test_an_entry_says_company_place_and_co_authors() -> None:
    first, second = view(samples.english()).threads[0].cards
    assert (first.company, first.place, first.deployed) == ("Example Shop", "Industry", True)
    assert first.authors == "A. Author, B. Writer, C. Scholar, D. Reader and 2 more"
    assert second.authors == "R. Role, S. Sample"
    assert view(samples.chinese()).threads[0].cards[0].authors.endswith("等 6 人")
    assert view(samples.english()).sections[-1].cards[0].place == "Academia"
    assert view(samples.english()).sections[1].cards[0].place == ""


def test_other_voices_are_named_by_their_host() -> None:
    assert [host for _, host in view(samples.english()).threads[0].cards[0].also_seen] == ["huggingface.co", "x.com"]


def test_further_pages_of_one_place_are_numbered() -> None:
    english = samples.english()
    pages = ("https://www.a.org/1", "https://b.org/x", "https://a.org/2", "https://a.org/1#top", "https://b.org/x")
    entries = tuple(replace(entry, also_seen=pages) for entry in english.entries)
    seen = view(replace(english, entries=entries)).threads[0].cards[0].also_seen
    assert [label for _, label in seen] == ["a.org", "2", "3", "b.org"]
    assert [url for url, _ in seen][:2] == ["https://www.a.org/1", "https://a.org/2"]


def test_a_date_that_the_source_did_not_give_is_not_shown_and_what_came_late_says_so() -> None:
    first, second, third, *rest = samples.english().entries
    marked = (
        replace(first, flags=frozenset({"undated", "backfilled"})),
        replace(second, flags=frozenset({"late"})),
        third,
        *rest,
    )
    cards = {card.id: card for part in view(replace(samples.english(), entries=marked)).parts for card in part.cards}
    assert cards[first.id].published == "without a date"
    assert cards[second.id].published == "16 June 2026, came after that number"
    assert cards[third.id].published == "16 June 2026"


def test_anchors_are_unlike_even_where_ids_are_alike() -> None:
    first = samples.entries()[0]
    twins = (replace(first, id="a b"), replace(first, id="a/b"), replace(first, id="///"))
    seen = view(replace(samples.english(), entries=twins, threads=(), sections=(), overview=()))
    assert [card.anchor for card in seen.sections[0].cards] == ["a-b", "a-b-1", "item"]


def test_the_same_place_cited_twice_gets_one_mark() -> None:
    claim = Claim(kind="quoted", text="x", citations=(Citation(item="a", quote="q"), Citation(item="a", quote="q")))
    assert len(view(replace(samples.english(), overview=(claim,))).overview[0][0].marks) == 1


def test_the_headline_falls_back_on_the_title() -> None:
    assert view(replace(samples.english(), headline="")).headline == "RecSys Weekly"


def test_only_a_period_can_be_continued() -> None:
    issue = samples.english()
    told = tuple(replace(issue.threads[0], continues=name) for name in ("2026-W24", "2026-06-20", "../../x", None))
    assert [part.continues for part in view(replace(issue, threads=told)).threads] == ["2026-W24", "2026-06-20", "", ""]
