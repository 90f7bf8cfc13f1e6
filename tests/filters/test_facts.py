from digest.filters.facts import run

TEXT = "We deployed it at Zalando. In an online A/B test it raised CTR by up to 1.2-1.5%."


def test_rows_come_out_in_order_with_every_field() -> None:
    first, second = run([{"id": "b", "title": "T", "abstract": TEXT}, {"id": "a"}])
    assert (first["id"], first["company"], first["industry"], first["deployed"]) == ("b", "Zalando", True, True)
    (result,) = first["results"]
    assert TEXT[result["start"] : result["end"]] == result["quote"]
    assert {
        key: result[key] for key in ("metric", "words", "value", "high", "unit", "direction", "qualifier", "online")
    } == {
        "metric": "CTR",
        "words": "CTR",
        "value": 1.2,
        "high": 1.5,
        "unit": "%",
        "direction": "up",
        "qualifier": "up to",
        "online": True,
    }
    assert (first["deployed_where"], first["deployed_since"]) == ("Zalando", "")
    said = {"id": "a", "company": "", "industry": False, "deployed": False, "deployed_where": "", "deployed_since": ""}
    assert second == said | {"tested": False, "results": []}


def test_text_serves_where_there_is_no_abstract() -> None:
    (row,) = run([{"id": "1", "title": "T", "text": TEXT}])
    assert row["results"]


def test_ids_come_back_as_they_are() -> None:
    assert [row["id"] for row in run([{"id": 1}, {"id": "1"}, {"id": None}])] == [1, "1", None]
