"""A whole issue of an invented week in both languages, and one whose sources mean harm."""

from dataclasses import replace
from datetime import UTC, datetime

from digest.domain.facts import Facts, Result
from digest.domain.issue import (
    Citation,
    Claim,
    Cost,
    Dropped,
    Entry,
    Figure,
    Issue,
    Receipt,
    Section,
    SourceReceipt,
    ThreadSection,
    Verdict,
)
from digest.render.site import Site

SITE = Site(
    url="https://digest.example.org/news",
    publications={
        "recsys-weekly": {"en": "RecSys Weekly", "zh": "推荐周报"},
        "ai-weekly": {"en": "AI Weekly", "zh": "AI 周报"},
        "ai-tech-daily": {"en": "AI Tech Daily", "zh": "AI 技术日报"},
    },
)
SUPPORTED = Verdict(name="supported", evidence="the words stand in the source")
LIFT = (
    r"In a fourteen-day online A/B test on the homepage feed of Example Shop, LanternRank raised CTR by up to"
    r" $+1.20\%$ and cut p99 latency by 12 ms."
)
GRAPH = "We propose PebbleGraph, a two-tower retriever that refreshes its item graph every hour instead of every night."
DEPLOYED = "PebbleGraph has served all traffic of the Harbor video app since March."
OFFLINE = "On two public datasets PebbleGraph improves Recall@20 by 3.4% to 5.1% over the strongest baseline."
COLD = "Cold items reach their first hundred impressions 2.5x faster, although overall watch time does not change."
SURVEY = "This survey maps 140 papers on generative retrieval and finds that only nine of them report an online test."
ZH_POST = "灯塔实验室开源了训练框架“小舟”，单机即可微调七十亿参数的排序模型。"
TWEET = "Long sequences are not the bottleneck any more; the feature store is."
REPO = "A small library that replays recommendation logs against a new policy and reports confidence intervals."
TALK = "An hour on why the team moved its ranking models from nightly batches to streams."


def result(quote: str, **values: object) -> Result:
    start = {"metric": "CTR", "words": "CTR", "value": 1.2, "unit": "%", "direction": "up", "online": True}
    return Result(quote=quote, start=0, end=len(quote), **(start | values))  # type: ignore[arg-type]  # a test's shorthand


def quoted(item: str, quote: str, text: str = "") -> Claim:
    return Claim(kind="quoted", text=text or quote, citations=(Citation(item=item, quote=quote),), verdict=SUPPORTED)


def framing(text: str, *items: str) -> Claim:
    return Claim(kind="framing", text=text, citations=tuple(Citation(item=item) for item in items), verdict=SUPPORTED)


def computed(text: str, **figures: float) -> Claim:
    return Claim(kind="computed", text=text, citations=(Citation(item="receipt"),), figures=figures, verdict=SUPPORTED)


def entry(item: str, title: str, url: str, summary: str, **values: object) -> Entry:
    start: dict[str, object] = {
        "kind": "paper",
        "source": "arxiv-ir",
        "source_title": "arXiv cs.IR",
        "published": datetime(2026, 6, 16, 12, tzinfo=UTC),
        "language": "en",
        "authors": ("R. Role", "S. Sample"),
        "stars": 4,
        "value": 4.1,
        "reason": "online A/B test at a firm; retrieval, your topic",
        "summary": (quoted(item, summary),),
    }
    return Entry(id=item, title=title, url=url, **(start | values))  # type: ignore[arg-type]  # a test's shorthand


def entries() -> tuple[Entry, ...]:
    return (
        entry(
            "arxiv:2606.00001",
            "LanternRank: Ranking Feeds with One Long Sequence",
            "https://arxiv.org/abs/2606.00001v2",
            LIFT,
            stars=5,
            value=4.8,
            authors=("A. Author", "B. Writer", "C. Scholar", "D. Reader", "E. Editor", "F. Further"),
            facts=Facts(
                item="arxiv:2606.00001",
                company="Example Shop",
                company_quote="Example Shop",
                industry=True,
                deployed=True,
                deployed_quote=LIFT,
                results=(
                    result(LIFT, qualifier="up to", surface="homepage feed", length="fourteen-day"),
                    result(LIFT, metric="latency", words="p99 latency", value=-12.0, unit="ms", direction="down"),
                ),
            ),
            figure=Figure(
                page="https://arxiv.org/html/2606.00001v2#S3.F1", caption="Figure 1: One sequence per reader."
            ),
            also_seen=("https://huggingface.co/papers/2606.00001", "https://x.com/example/status/1"),
            signals={"upvotes": 31},
        ),
        entry(
            "arxiv:2606.00002",
            "PebbleGraph: Hourly Graphs for Retrieval",
            "https://arxiv.org/abs/2606.00002",
            GRAPH,
            stars=5,
            value=4.6,
            facts=Facts(
                item="arxiv:2606.00002",
                company="Harbor",
                industry=True,
                deployed=True,
                deployed_quote=DEPLOYED,
                results=(
                    result(OFFLINE, metric="Recall", words="Recall@20", value=3.4, high=5.1, online=False),
                    result(COLD, metric="exposure", words="first hundred impressions", value=2.5, unit="x"),
                ),
            ),
        ),
        entry(
            "arxiv:2606.00003",
            "Nine of 140: Where Generative Retrieval Has Been Tested",
            "https://arxiv.org/abs/2606.00003",
            SURVEY,
            stars=3,
            value=3.2,
            reason="survey; no online test",
            facts=Facts(item="arxiv:2606.00003", company="Hill University"),
        ),
        entry(
            "feed:lab:0123456789ab",
            "灯塔实验室开源训练框架“小舟”",
            "https://lab.example.cn/posts/小舟",
            ZH_POST,
            kind="post",
            source="lab",
            source_title="灯塔实验室",
            language="zh",
            authors=(),
            stars=4,
            value=3.9,
            reason="open release; training at low cost",
        ),
        entry(
            "x:1800000000000000001",
            TWEET,
            "https://x.com/role_engineer/status/1800000000000000001",
            TWEET,
            kind="tweet",
            source="kol",
            source_title="X: practitioners",
            authors=("role_engineer",),
            stars=3,
            value=3.0,
            reason="a practitioner's view",
            signals={"likes": 412, "retweets": 40},
        ),
        entry(
            "github:example/replay@2026-06-17",
            "example/replay",
            "https://github.com/example/replay",
            REPO,
            kind="repository",
            source="trending",
            source_title="GitHub trending",
            authors=(),
            stars=3,
            value=2.9,
            reason="300 stars today",
        ),
        entry(
            "feed:talks:aaaabbbbcccc",
            "Streams, Not Batches",
            "https://talks.example.org/streams",
            TALK,
            kind="episode",
            source="talks",
            source_title="Example Talks",
            authors=("Host", "Guest"),
            stars=2,
            value=2.2,
            reason="practice; no figures",
        ),
    )


def receipt() -> Receipt:
    return Receipt(
        sources=(
            SourceReceipt(slug="arxiv-ir", title="arXiv cs.IR", status="ok", seen=88, new=88, kept=3, announced=90),
            SourceReceipt(slug="lab", title="灯塔实验室", status="ok", seen=4, new=4, kept=1),
            SourceReceipt(slug="kol", title="X: practitioners", status="ok", seen=26, new=20, kept=1),
            SourceReceipt(slug="trending", title="GitHub trending", status="unchanged", seen=25, kept=1),
            SourceReceipt(slug="talks", title="Example Talks", status="ok", seen=1, new=1, kept=1),
            SourceReceipt(slug="down", title="Example Lab blog", status="failed", error="503 Service Unavailable"),
            SourceReceipt(slug="quiet", title="Quiet Journal", status="empty", error="an answer without entries"),
        ),
        dropped=(Dropped(reason="below the line", count=61), Dropped(reason="duplicate of a kept work", count=9)),
        below_the_line=("arxiv:2606.00090", "arxiv:2606.00091"),
        notes=("GitHub trending keeps no history.",),
    )


def english() -> Issue:
    first, second, third, fourth, fifth, sixth, seventh = (entry.id for entry in entries())
    return Issue(
        publication="recsys-weekly",
        title="RecSys Weekly",
        headline="Long sequences go live, and graphs refresh by the hour",
        period="2026-W25",
        cadence="weekly",
        language="en",
        date=datetime(2026, 6, 22, 7, tzinfo=UTC),
        summary="Two firms report online tests of long-sequence ranking and hourly graphs.",
        engine="local",
        overview=(
            computed("This issue keeps 7 of 144 items: 3 papers, 1 article, 1 tweet, 1 project and 1 episode.", kept=7),
            computed("2 papers got five stars, 2 report results on live traffic.", five=2, online=2),
            framing(
                "From nightly batches to fresh state, ranking and retrieval move closer to the reader.", first, second
            ),
            quoted(first, LIFT),
            quoted(second, DEPLOYED, "PebbleGraph has served all traffic of the Harbor video app since March."),
            framing("What is missing is evidence from others.", first, third),
            quoted(third, SURVEY),
        ),
        threads=(
            ThreadSection(
                id="t-fresh",
                title="From nightly batches to fresh state",
                thesis=framing(
                    "Ranking and retrieval both gain by knowing what happened within the hour.", first, second
                ),
                claims=(quoted(second, GRAPH), quoted(second, COLD), quoted(first, LIFT)),
                items=(first, second),
                continues="2026-W24",
            ),
            ThreadSection(
                id="t-open",
                title="Cheaper training, in the open",
                thesis=None,
                claims=(quoted(fourth, ZH_POST),),
                items=(fourth, second),
                weak=True,
            ),
        ),
        sections=(
            Section(slug="tweets", title="What practitioners say", claims=(), items=(fifth,)),
            Section(slug="projects", title="Trending projects", claims=(), items=(sixth,)),
            Section(slug="podcast", title="Podcast", claims=(), items=(seventh,)),
        ),
        entries=entries(),
        counts={
            "by_kind": {"paper": 3, "post": 1, "tweet": 1, "repository": 1, "episode": 1},
            "by_score": {"5": 2, "4": 1, "3": 3, "2": 1},
            "featured": 2,
            "with_online_results": 2,
            "industry": 2,
        },
        receipt=receipt(),
        tags=("retrieval", "long sequences", "A/B tests"),
        category="Recommender systems",
        reading_minutes=6,
    )


def chinese() -> Issue:
    first, second, third, *_ = (entry.id for entry in entries())
    threads = english().threads
    return replace(
        english(),
        title="推荐周报",
        headline="长序列上线，图按小时刷新",
        language="zh",
        summary="两家公司报告了长序列排序和小时级图更新的线上实验。",
        overview=(
            computed("本期从 144 条中收录 7 条：论文 3 篇、文章 1 篇、推文 1 条、项目 1 个、播客 1 期。", kept=7),
            computed("5 分论文 2 篇，其中 2 篇报告线上结果。", five=2, online=2),
            framing("从夜间批处理到实时状态，排序与召回都更贴近读者。", first, second),
            quoted(first, LIFT),
            framing("仍然缺少的是第三方的验证。", first, third),
            quoted(third, SURVEY),
        ),
        threads=(
            replace(
                threads[0],
                title="从夜间批处理到实时状态",
                thesis=framing("排序与召回都受益于小时级的信息。", first, second),
            ),
            replace(threads[1], title="更便宜的开放训练"),
        ),
        sections=tuple(
            replace(section, title=title)
            for section, title in zip(english().sections, ("从业者观点", "热门项目", "播客"), strict=True)
        ),
        receipt=replace(
            receipt(),
            dropped=(Dropped(reason="未达收录线", count=61), Dropped(reason="与已收录作品重复", count=9)),
            notes=("GitHub trending不保留历史。",),
        ),
        tags=("召回", "长序列"),
        category="推荐系统",
    )


HOSTILE = (
    "</script></style><script>alert(1)</script>",
    "\u202egpj.exe\u202c reversed \u2066and isolated",
    "A" * 5000,
    r"Lift of $+2.28\%$ by \textbf{bold} $\alpha$-mixing",
    "](javascript:alert(1)) ![x](http://evil.example/p.png) `code` <b>b</b> | a | b |",
    '{{ 7*7 }} {% raw %} &lt;b&gt; " onmouseover="alert(1)',
    "# heading\n\n---\n\n- list\n1. one\r\nSubject: no",
    "\x00\x07\ud800 lone surrogate \U000e0041 tag \ufeff",
)


def hostile() -> Issue:
    """Return an issue in which every foreign text and link is an attack."""
    bad = tuple(
        entry(
            f"feed:bad:{n}' onclick=x <{n}>",
            text,
            ("javascript:alert(1)", "data:text/html,<script>", "//evil.example/", 'https://ok.example/?a="><script>')[
                n % 4
            ],
            text,
            authors=(text, text),
            reason=text,
            source_title=text,
            facts=Facts(
                item="x",
                company=text,
                industry=True,
                results=(result(text, words=text, qualifier=text, surface=text, length=text),),
            ),
            figure=Figure(page="javascript:alert(2)", url="javascript:alert(3)", caption=text, license=text),
            also_seen=("javascript:alert(4)", "https://ok.example/<x>"),
        )
        for n, text in enumerate(HOSTILE)
    )
    lines = tuple(
        SourceReceipt(slug=f"s{n}", title=text, status="failed", error=text) for n, text in enumerate(HOSTILE)
    )
    return replace(
        english(),
        headline=HOSTILE[0],
        summary=HOSTILE[0],
        entries=bad,
        overview=tuple(quoted(one.id, one.title) for one in bad),
        threads=(
            ThreadSection(
                id="t",
                title=HOSTILE[4],
                thesis=quoted(bad[0].id, HOSTILE[0]),
                claims=(),
                items=tuple(one.id for one in bad),
                continues="../../evil",
            ),
        ),
        sections=(Section(slug='../x" onload=', title=HOSTILE[0], claims=(), items=()),),
        receipt=Receipt(sources=lines, dropped=(Dropped(reason=HOSTILE[0], count=1),), notes=HOSTILE),
        tags=HOSTILE,
        category=HOSTILE[0],
        engine_notes=HOSTILE,
        engine=HOSTILE[0],
        cost=Cost(calls=2, prompt_tokens=1000, completion_tokens=10, usd=0.0123, cached=1),
        sample=True,
    )
