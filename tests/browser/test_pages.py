"""Pages and mails in chromium: their width, their colours, their script, and that they ask nobody else."""

from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date

import pytest

from digest.render.edition import card, edition
from digest.render.essays import essay
from digest.render.ledger import ledger
from digest.render.site import pages
from tests.browser.chromium import CHROMIUM, Site, serving
from tests.render import samples

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed"),
]

EN, ZH, BAD = "recsys-weekly/2026-W25/en/", "recsys-weekly/2026-W25/zh/", "ai-weekly/2026-W25/en/"
PAGES = [
    *(folder + name for folder in (EN, ZH, BAD) for name in ("index.html", "mail.html", "evidence.html")),
    "index.html",
    "recsys-weekly/zh/index.html",
    "tags/index.html",
    "essays/on-receipts/index.html",
    "results/index.html",
]
# What is wider than the page, text that is cut off included; what scrolls by itself may be.
WIDER = """
var wide = Array.from(page.querySelectorAll("body *")).filter(function (one) {
  return one.getBoundingClientRect().right > frame.innerWidth + 1 && !one.closest(".scroll") && !one.closest(".unseen");
}).map(function (one) { return one.tagName + "." + one.className; });
return {scroll: page.documentElement.scrollWidth, inner: frame.innerWidth, wide: wide};
"""
COLOURS = """
function shade(colour) { return colour.match(/[\\d.]+/g).map(Number); }
function light(rgb) {
  return rgb.slice(0, 3).map(function (c) {
    c /= 255;
    return c <= .03928 ? c / 12.92 : Math.pow((c + .055) / 1.055, 2.4);
  }).reduce(function (sum, c, n) { return sum + c * [.2126, .7152, .0722][n]; }, 0);
}
function behind(one) {
  for (; one; one = one.parentElement) {
    var ground = shade(frame.getComputedStyle(one).backgroundColor);
    if (ground.length < 4 || ground[3] > 0) { return ground; }
  }
  return [255, 255, 255];
}
var PASSED = "svg, .off, [hidden], .hidden, .skip, script, style, details:not([open])";
var low = [], walker = page.createTreeWalker(page.body, 4), text;
while ((text = walker.nextNode())) {
  var one = text.parentElement, style = frame.getComputedStyle(one);
  if (!text.data.trim() || one.closest(PASSED)) { continue; }
  var a = light(shade(style.color)), b = light(behind(one)), ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
  if (ratio < 4.5) { low.push(one.tagName + "." + one.className + " " + ratio.toFixed(2)); }
}
return {low: low, dark: frame.matchMedia("(prefers-color-scheme:dark)").matches, ground: light(behind(page.body))};
"""


# What a screen reader can't name, and headings out of order.
NAMELESS = """
function all(what) { return Array.from(page.querySelectorAll(what)); }
function named(one) { return (one.getAttribute("aria-label") || one.textContent).trim(); }
var level = 0, jumps = all("h1, h2, h3, h4").filter(function (one) {
  var before = level;
  level = Number(one.tagName[1]);
  return level > before + 1;
});
var nameless = all("a, button, summary").filter(function (one) { return !named(one); })
  .concat(all("input, select").filter(function (one) { return !one.labels.length; }), all("img:not([alt])"));
var ids = all("[id]").map(function (one) { return one.id; });
return {
  found: nameless.concat(jumps).map(function (one) { return one.outerHTML.slice(0, 80); }),
  twice: ids.filter(function (id, n) { return ids.indexOf(id) !== n; }),
  heads: all("h1").length, language: page.documentElement.lang.slice(0, 2)
};
"""


def rows() -> list[dict[str, object]]:
    found = [
        samples.result(samples.LIFT, value=value, qualifier=qualifier, metric=metric)
        for value, qualifier, metric in ((1.2, "up to", "CTR"), (30.0, "", "GMV"), (4.0, "about", "CTR"))
    ]
    companies = ("Harbor", "Example Shop", "Lantern")
    start = {"title": "A study", "url": "https://a.example/p", "day": date(2026, 6, 16)}
    named = [start | {"company": name} | asdict(one) for name, one in zip(companies, found, strict=True)]
    nobody = start | {"company": ""}
    offline = samples.result(samples.LIFT, value=9.0, metric="AUC", online=False)
    bare = nobody | dict.fromkeys(asdict(offline)) | {"tested": True, "quote": "It was tested online."}
    return [nobody | asdict(offline), bare, *named]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    issues = [samples.english(), samples.chinese(), replace(samples.hostile(), publication="ai-weekly")]
    files = {
        f"{issue.slug}/{name}": content for issue in issues for name, content in edition(issue, samples.SITE).items()
    }
    files |= pages([card(issue) for issue in issues], samples.SITE, [essay("on-receipts", "# On receipts\n\nText.")])
    files |= ledger(rows(), samples.SITE)
    with serving(files, tmp_path_factory.mktemp("profile")) as served:
        yield served


def test_nothing_is_wider_than_a_phone(site: Site) -> None:
    told = site.measure(PAGES, WIDER, width=360)
    assert told == {path: {"scroll": 360, "inner": 360, "wide": []} for path in PAGES}


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_text_stands_out_from_its_ground(site: Site, dark: bool) -> None:
    for path, told in site.measure(PAGES, COLOURS, dark=dark).items():
        assert told["low"] == [], path
        assert told["dark"] is dark
        assert (told["ground"] < 0.1) is dark, path


def test_all_has_a_name_and_headings_follow_each_other(site: Site) -> None:
    for path, told in site.measure(PAGES, NAMELESS).items():
        wanted = {"found": [], "twice": [], "heads": 1, "language": "zh" if "/zh/" in path else "en"}
        assert told == wanted, path


def test_the_ledger_filters_and_sorts(site: Site) -> None:
    code = """
    function visible() {
      return Array.from(page.querySelectorAll("#ledger tbody tr")).filter(function (row) { return !row.hidden; })
        .map(function (row) { return row.cells[0].textContent; });
    }
    function press(key) { page.querySelector("[data-key=" + key + "]").click(); return visible(); }
    var form = page.getElementById("filters"), told = {start: visible(), shown: !form.hidden};
    told.up = press("value");
    told.down = press("value");
    told.company = press("company");
    form.elements.company.value = "*";
    form.dispatchEvent(new frame.Event("input", {bubbles: true}));
    told.named = visible();
    form.elements.company.value = "";
    form.elements.where.value = "offline";
    form.dispatchEvent(new frame.Event("input", {bubbles: true}));
    told.offline = visible();
    form.elements.where.value = "";
    form.elements.metric.value = "CTR";
    form.dispatchEvent(new frame.Event("input", {bubbles: true}));
    told.metric = visible();
    form.elements.words.value = "HARBOR ";
    form.dispatchEvent(new frame.Event("input", {bubbles: true}));
    told.words = visible();
    told.count = page.getElementById("shown").textContent;
    return told;
    """
    assert site.measure(["results/index.html"], code)["results/index.html"] == {
        "start": ["Harbor", "Example Shop", "Lantern", "–", "–"],
        "shown": True,
        "up": ["Harbor", "Lantern", "–", "Example Shop", "–"],
        "down": ["Example Shop", "–", "Lantern", "Harbor", "–"],
        "company": ["Example Shop", "Harbor", "Lantern", "–", "–"],
        "named": ["Example Shop", "Harbor", "Lantern"],
        "offline": ["–"],
        "metric": ["Harbor", "Lantern"],
        "words": ["Harbor"],
        "count": "1 / 5",
    }


def test_the_policy_lets_the_own_style_in(site: Site) -> None:
    told = site.measure([EN + "index.html"], "return frame.getComputedStyle(page.querySelector('.toc')).position;")
    assert told == {EN + "index.html": "sticky"}


def test_no_other_host_was_asked(site: Site) -> None:
    site.measure(PAGES, "return page.title;")
    assert site.strangers() == []
