"""The ledger's page, its chart and its JSON."""

import json
from dataclasses import asdict
from datetime import UTC, date, datetime

from digest.render.charts import Lift, bars, lifts
from digest.render.ledger import ledger, lift_of
from tests.render import samples
from tests.render.pages import handlers, hrefs, is_safe, loads, scripts, texts, tree


def row(quote: str = samples.LIFT, **values: object) -> dict[str, object]:
    named = {name: values.pop(name) for name in ("company", "title", "url", "day") if name in values}
    start = {"company": "Harbor", "title": "A study", "url": "https://a.example/p", "day": date(2026, 6, 16)}
    return start | asdict(samples.result(quote, **values)) | named


def test_a_row_keeps_qualifier_and_sentence() -> None:
    page = ledger([row(qualifier="up to", surface="feed", length="two weeks", words="click rate")], samples.SITE)[
        "results/index.html"
    ]
    cells = texts(page, "tbody td")
    assert cells[:5] == ["Harbor", "CTR click rate", "up to +1.20%", "online two weeks", "feed"]
    assert "raised CTR by up to +1.20%" in cells[5]
    assert cells[6] == "2026-06-16"
    link = tree(page).css_first("tbody a").attributes["href"]
    assert link.startswith("https://a.example/p#:~:text=")  # type: ignore[union-attr]  # it is there


def test_a_test_without_a_figure_shows_its_sentence_and_no_number() -> None:
    nothing = dict.fromkeys(row())
    bare = nothing | {"company": "Harbor", "title": "A study", "day": "2026-06-16", "quote": "It was tested online."}
    made = ledger([bare | {"tested": True, "deployed": True}, bare | {"deployed": True}], samples.SITE)
    cells = texts(made["results/index.html"], "tbody td")
    assert cells[1:3] == ["Tested online", "no figure"]
    assert cells[8:10] == ["Deployed", "no figure"]
    assert "It was tested online." in cells[5]
    assert b"<svg" not in made["results/index.html"]
    document = json.loads(made["results/results.json"])
    assert (document["results"][0]["value"], document["results"][0]["tested"]) == (None, True)


def test_live_figures_of_a_company_come_first_and_the_json_keeps_its_order() -> None:
    nothing = dict.fromkeys(row()) | {"title": "A study", "day": "2026-06-16", "quote": "It was tested online."}
    rows = [
        row(online=False, metric="AUC"),
        nothing | {"company": "", "tested": True},
        nothing | {"company": "Harbor", "tested": True},
        row(company="", metric="GMV"),
        row(metric="CTR"),
    ]
    made = ledger(rows, samples.SITE)
    metrics = [cells.split()[0] for cells in texts(made["results/index.html"], "tbody td:nth-child(2)")]
    assert metrics == ["CTR", "GMV", "Tested", "Tested", "AUC"]
    assert texts(made["results/index.html"], "tbody td:nth-child(1)") == ["Harbor", "–", "Harbor", "–", "Harbor"]
    assert [one["metric"] for one in json.loads(made["results/results.json"])["results"]] == [
        "AUC", None, None, "GMV", "CTR",
    ]  # fmt: skip


def test_the_json_holds_every_row() -> None:
    rows = [row(value=float(n)) for n in range(2_050)]
    made = ledger(rows, samples.SITE)
    document = json.loads(made["results/results.json"])
    assert (document["schema_version"], len(document["results"])) == (1, 2_050)
    assert document["results"][3]["value"] == 3.0
    assert document["results"][3]["day"] == "2026-06-16"
    assert len(texts(made["results/index.html"], "tbody tr")) == 2_000
    assert "(2,050 results)" in made["results/index.html"].decode()


def test_one_own_script_under_a_policy_that_names_it() -> None:
    page = ledger([row()], samples.SITE)["results/index.html"]
    assert len(scripts(page)) == 1
    assert loads(page) == []
    assert handlers(page) == []
    policy = tree(page).css_first("meta[http-equiv]").attributes["content"]
    assert policy.count("sha256-") == 2  # type: ignore[union-attr]  # it is there
    assert "unsafe" not in policy  # type: ignore[operator]  # it is there


def test_no_rows_is_said_so() -> None:
    made = ledger([], samples.SITE)
    assert "No results have been recorded yet." in texts(made["results/index.html"], "main p")
    assert json.loads(made["results/results.json"])["results"] == []
    assert b"<svg" not in made["results/index.html"]


def test_hostile_rows_stay_text() -> None:
    rows = [
        row(
            text,
            company=text,
            title=text,
            url="javascript:x",
            day=text,
            metric=text,
            words=text,
            qualifier=text,
            surface=text,
        )
        for text in samples.HOSTILE
    ]
    made = ledger([*rows, {}, {"value": "x", "high": "y", "unit": "light years"}], samples.SITE)
    page = made["results/index.html"]
    assert len(scripts(page)) == 1
    assert handlers(page) == []
    assert [href for href in hrefs(page) if not is_safe(href)] == []
    assert len(texts(page, "tbody tr")) == len(samples.HOSTILE) + 2
    json.loads(made["results/results.json"])


def test_days_of_any_type_are_written_alike() -> None:
    moment = datetime(2026, 6, 16, 12, tzinfo=UTC)
    page = ledger([row(day=moment), row(day="2026-06-16")], samples.SITE)["results/index.html"]
    assert texts(page, "td.day") == ["2026-06-16"] * 2


def test_only_online_percentages_of_a_company_are_drawn() -> None:
    assert lift_of(row(online=False)) is None
    assert lift_of(row(unit="ms")) is None
    assert lift_of(row(company="")) is None
    assert lift_of(row(metric="")) is None
    made = lift_of(row(qualifier="up to"))
    assert made == Lift(metric="CTR", company="Harbor", percent=1.2, bound=True, title="up to +1.20%")
    ranged = lift_of(row(value=1.0, high=3.0, quote="1 to 3"))
    assert ranged is not None
    assert ranged.percent == 3.0
    assert not ranged.bound


def test_the_chart_orders_by_how_often_a_metric_is_reported() -> None:
    found = [
        Lift(metric="GMV", company="B", percent=2.0),
        Lift(metric="CTR", company="B", percent=-4.0),
        Lift(metric="CTR", company="A", percent=1.0, bound=True, title="up to <1%"),
        Lift(metric="CTR", company="A", percent=0.0),
    ]
    drawing = str(lifts(found, "T"))
    assert texts(drawing.encode(), "svg .strong") == ["CTR", "GMV"]
    assert drawing.count('class="ring"') == 1
    assert drawing.count('class="dot"') == 3
    assert "up to &lt;1%" in drawing
    assert "−1%" in drawing
    assert lifts([], "T") == ""


def test_a_mark_further_right_is_a_larger_lift() -> None:
    drawing = str(lifts([Lift(metric="M", company="C", percent=float(p)) for p in (9, 1, -3, 100)], "T"))
    xs = [float(node.attributes["cx"] or 0) for node in tree(drawing.encode()).css("circle")]
    assert xs == sorted(xs)
    assert xs[0] >= 330
    assert xs[-1] <= 960


def test_bars_escape_their_labels_and_bear_no_rows() -> None:
    assert "&lt;b&gt;" in bars([("<b>", 2), ("x", 0)], "T")
    assert "rect" not in bars([], "T")
