from digest.read.document import Paper, Section
from digest.read.paper_results import live_results

ONLINE = "We ran it for two weeks. In an online A/B test, FooRank improves CTR by up to 1.5% and cuts latency by 12 ms."


def paper(**sections: str) -> Paper:
    return Paper(
        format="tex",
        sections=tuple(Section(title=title.replace("_", " "), text=text) for title, text in sections.items()),
    )


def test_live_figures_bear_their_section_and_stand_in_its_text() -> None:
    made = paper(Introduction="We rank.", Online_Experiments=ONLINE, Conclusion="In an online A/B test CTR rose by 1%.")
    found = live_results(made)
    assert [(one.section, one.result.metric, one.result.value, one.result.qualifier) for one in found] == [
        ("Online Experiments", "CTR", 1.5, "up to"),
        ("Online Experiments", "latency", -12.0, ""),
        ("Conclusion", "CTR", 1.0, ""),
    ]
    assert all(made.sections[o.part].text[o.result.start : o.result.end] == o.result.quote for o in found)


def test_a_figure_told_twice_is_listed_once() -> None:
    assert [one.part for one in live_results(paper(Introduction=ONLINE, Online_Test=ONLINE))] == [0, 0]


def test_what_others_report_and_what_is_offline_is_left_out() -> None:
    assert (
        live_results(paper(Related_Work=ONLINE, Background=ONLINE, Offline_Results="CTR rises by 3% on a dataset."))
        == ()
    )
    assert live_results(paper(Method="It lifts GMV by 3%.")) == ()
    assert live_results(paper(Online_Results="Users saw gains of 3%.")) == ()
    assert live_results(Paper(format="pdf", sections=())) == ()
