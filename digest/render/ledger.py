"""The ledger's page: each reported result with its qualifier and sentence, as a table, a chart and JSON."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from digest.domain.facts import Direction, Result, Unit
from digest.render.charts import Lift, lifts
from digest.render.environment import environment
from digest.render.links import safe_url, text_fragment
from digest.render.readable import readable
from digest.render.results import amount
from digest.render.site import Site
from digest.render.wording import phrase

MOST_ROWS = 2_000
_FIELDS = ("day", "company", "metric", "words", "value", "high", "unit", "direction", "qualifier", "surface", "online")
_MORE = ("length", "tested", "deployed", "title", "url", "section", "quote")
_BOUNDS = ("up to", "at most", "as much as", "最高", "至多", "高达")
_UNITS: tuple[Unit, ...] = ("%", "pp", "bps", "x", "ms", "s", "")
_DIRECTIONS: tuple[Direction, ...] = ("up", "down", "none")

Row = Mapping[str, object]


def ledger(rows: Sequence[Row], site: Site) -> dict[str, bytes]:
    """Return results/index.html and results/results.json for rows as the store lists them, in their order.

    A row holds the fields of a Result with "company", "title", "url", "day", "tested" and "deployed"; one without a
    "metric" and "value" tells of a test or a deployment that gives no figure. The JSON file holds all of them in their
    order; the page shows 2,000, what people come for first: figures from live traffic at a company, then those of an
    unnamed one, tests and deployments without a figure, and what was measured offline.
    """
    document = {"schema_version": 1, "results": [_plain(row) for row in rows]}
    text = json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    return {
        "results/index.html": _page(rows, site).encode("utf-8", "replace"),
        "results/results.json": text.encode("utf-8", "replace"),
    }


def lift_of(row: Row) -> Lift | None:
    """Return a row as a mark of the chart; None for what is offline, of no known company, or no percentage."""
    company, metric = _text(row, "company", 34), _text(row, "metric", 24)
    if not row.get("online") or row.get("unit") != "%" or not company or not metric:
        return None
    result = _result(row)
    words = " ".join(word for word in (_text(row, "qualifier", 40), amount(result)) if word)
    bound = result.qualifier.strip().lower() in _BOUNDS
    top = result.value if result.high is None else max(result.value, result.high, key=abs)
    return Lift(metric=metric, company=company, percent=top, bound=bound, title=words)


def _page(rows: Sequence[Row], site: Site) -> str:
    shown = sorted(rows, key=_rank)[:MOST_ROWS]
    chart = lifts([lift for lift in map(lift_of, rows) if lift], phrase("en", "ledger_chart"))
    return (
        environment(site.theme)
        .get_template("ledger.html")
        .render(
            language="en",
            root="../",
            site_name=site.name,
            title=phrase("en", "ledger_title"),
            rows=[_shown(row) for row in shown],
            companies=_choices(shown, "company"),
            metrics=_choices(shown, "metric"),
            total=len(rows),
            chart=chart,
        )
    )


def _rank(row: Row) -> tuple[bool, bool, bool, bool]:
    """Order rows by what they tell; sorting keeps equals as they were: newest first."""
    figure, named = row.get("value") is not None, bool(row.get("company"))
    live = bool(row.get("online")) and figure
    return not live, figure, not named, not row.get("metric")


def _shown(row: Row) -> dict[str, object]:
    result, figure = _result(row), row.get("value") is not None
    url = str(row.get("url") or "")
    return {
        "day": _day(row),
        "company": _text(row, "company", 80),
        "metric": _text(row, "metric", 80),
        "words": _text(row, "words", 80),
        "qualifier": _text(row, "qualifier", 60),
        "amount": amount(result) if figure else "",
        "number": f"{result.value:.6g}" if figure else "",
        "where": phrase("en", "online" if result.online or not figure else "offline"),
        "state": "" if figure else phrase("en", "ledger_tested" if row.get("tested") else "deployed"),
        "surface": _text(row, "surface", 80),
        "length": _text(row, "length", 60),
        "section": _text(row, "section", 80),
        "title": _text(row, "title", 160),
        "url": safe_url(url),
        "fragment": text_fragment(url, result.quote),
        "quote": _text(row, "quote", 500),
    }


def _result(row: Row) -> Result:
    high, unit, direction = row.get("high"), str(row.get("unit") or ""), str(row.get("direction") or "")
    quote = str(row.get("quote") or "")
    return Result(
        metric=str(row.get("metric") or ""),
        words=str(row.get("words") or ""),
        value=_number(row.get("value")),
        unit=next((known for known in _UNITS if known == unit), ""),
        direction=next((known for known in _DIRECTIONS if known == direction), "none"),
        online=bool(row.get("online")),
        quote=quote,
        start=0,
        end=len(quote),
        high=None if high is None else _number(high),
        qualifier=str(row.get("qualifier") or ""),
    )


def _number(value: object) -> float:
    return float(value) if isinstance(value, (int, float)) else 0.0


def _choices(rows: Sequence[Row], key: str) -> list[str]:
    return sorted({_text(row, key, 80) for row in rows} - {""}, key=lambda text: (text.casefold(), text))


def _text(row: Row, key: str, limit: int) -> str:
    return readable(str(row.get(key) or ""), limit)


def _day(row: Row) -> str:
    day = row.get("day") or ""
    if isinstance(day, datetime):
        return day.date().isoformat()
    return day.isoformat() if isinstance(day, date) else str(day)


def _plain(row: Row) -> dict[str, object]:
    return {name: row.get(name) for name in (*_FIELDS, *_MORE)} | {"day": _day(row)}
