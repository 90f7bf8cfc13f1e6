"""The frame of an issue in English and Chinese: every word of the local engine that is no source's."""

import re
from collections.abc import Mapping, Sequence
from string import Formatter

_MEETS = re.compile("[\u3400-\u9fff]\n[A-Za-z0-9]|[A-Za-z0-9%]\n[\u3400-\u9fff]")

KINDS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "en": {
        "post": ("article", "articles"),
        "paper": ("paper", "papers"),
        "tweet": ("tweet", "tweets"),
        "repository": ("trending project", "trending projects"),
        "episode": ("podcast episode", "podcast episodes"),
    },
    "zh": {
        "post": ("篇文章", "篇文章"),
        "paper": ("篇论文", "篇论文"),
        "tweet": ("条推文", "条推文"),
        "repository": ("个热门项目", "个热门项目"),
        "episode": ("期播客", "期播客"),
    },
}

_EN = {
    "read": "Read for this issue: {kinds}.",
    "featured": " ({n} featured)",
    "told": "Told here: {entries}, {stars}.",
    "entries": "{n} of them",
    "stars": "{n} with {stars} stars",
    "industry": "{papers} told here: {industry} from industry, {deployed} deployed by their own account, "
    "{online} with online results.",
    "online": "Online results are reported by {names}.",
    "line_1": "Main line: {about}.",
    "line_2": "Second line: {about}.",
    "line_3": "Third line: {about}.",
    "line_4": "Fourth line: {about}.",
    "line_5": "Fifth line: {about}.",
    "about_news": "{subject}, {stories} stories in {reports} reports",
    "about_papers": "{subject}, {papers} of the {all} papers",
    "about_only_papers": "{subject}, {papers} papers",
    "about_tested": "{subject}, {papers} of the {all} papers, {online} of these with online results",
    "about_news_again": "{subject}, {stories} new stories in {reports} reports since it was last told",
    "about_only_papers_again": "{subject}, taken up again by {papers} papers",
    "about_papers_again": "{subject}, taken up again by {papers} of the {all} papers",
    "about_tested_again": "{subject}, taken up again by {papers} of the {all} papers, {online} of these with online "
    "results",
    "subject_around": "{section} around {firm}",
    "subject_research": "{term} research",
    "title_live": "{subject} in live tests: {names}",
    "title_production": "{subject} in production: {names}",
    "title_sides": "{subject}, from {first} to {last}: {names}",
    "title_news": "{subject}: {heads}",
    "thesis_live": "In online tests, {figures}.",
    "thesis_measured": "{figures}.",
    "thesis_both": "Online, {live}; offline, {shelf}.",
    "thesis_production": "On {subject}, {names} report deployment.",
    "thesis_sides": "On {subject}, {sides}.",
    "thesis_course": "It runs from “{first}” to “{last}”.",
    "thesis_sums": "The sums named: {listed}.",
    "thesis_moves": "The moves named: {listed}.",
    "thesis_releases": "New here: {listed}.",
    "move": "{who} from {start} to {goal}",
    "move_to": "{who} to {goal}",
    "move_from": "{who} from {start}",
    "thesis_centre_course": "On {firm}, it runs from “{first}” to “{last}”.",
    "thesis_further": "Beside it stand “{first}” and “{last}”.",
    "thesis_reports": "The reports run from “{first}” to “{last}”.",
    "thesis_reach": "It reaches from {first} to {last}.",
    "thesis_reach_told": "It reaches from {first} to {last}: “{head}”.",
    "sum": "{amount} ({parties})",
    "measured": "{who} reports {figure}",
    "measured_too": "{who} {figure}",
    "measured_for": "{measured} for {term}",
    "side": "{who} works on {term}",
    "side_too": "{who} on {term}",
    "gist": "{who} brings “{gist}”",
    "gist_too": "{who} “{gist}”",
    "brief": "{who}: {parts}.",
    "brief_about": "on {terms}",
    "brief_online": "{figure} online",
    "brief_offline": "{figure} offline",
    "semicolon": "; ",
    "section_featured": "Featured",
    "section_post": "More articles",
    "section_paper": "Papers",
    "section_tweet": "Tweets",
    "section_repository": "Trending projects",
    "section_episode": "Podcasts",
    "section_more": "Further papers",
    "stars_today": "{name} gained {today} stars on that day and has {stars} in all.",
    "headline": "{first}; {second}",
    "backfilled": "backfilled: feeds show their last entries only, trending pages the day on which they are read",
}
_ZH = {
    "read": "本期共读取 {kinds}。",
    "featured": "（精选 {n} 篇）",
    "told": "本期共收录 {entries}，{stars}。",
    "entries": "{n} 条",
    "stars": "{stars} 分 {n} 条",
    "industry": "{papers}中，{industry} 篇来自工业界，{deployed} 篇称已部署，{online} 篇报告了线上结果。",
    "online": "报告线上结果的有：{names}。",
    "line_1": "主线：{about}。",
    "line_2": "第二条线：{about}。",
    "line_3": "第三条线：{about}。",
    "line_4": "第四条线：{about}。",
    "line_5": "第五条线：{about}。",
    "about_news": "{subject}，{stories} 个事件、{reports} 篇报道",
    "about_papers": "{subject}，占 {all} 篇论文中的 {papers} 篇",
    "about_only_papers": "{subject}，{papers} 篇论文",
    "about_tested": "{subject}，占 {all} 篇论文中的 {papers} 篇，其中 {online} 篇报告了线上结果",
    "about_news_again": "{subject}，较上次新增 {stories} 个事件、{reports} 篇报道",
    "about_only_papers_again": "{subject}再度成为话题，{papers} 篇论文",
    "about_papers_again": "{subject}再度成为话题，占 {all} 篇论文中的 {papers} 篇",
    "about_tested_again": "{subject}再度成为话题，占 {all} 篇论文中的 {papers} 篇，其中 {online} 篇报告了线上结果",
    "subject_around": "围绕{firm}的{section}",
    "subject_research": "{term}研究",
    "title_live": "{subject}的线上实测：{names}",
    "title_production": "{subject}的工业落地：{names}",
    "title_sides": "{subject}，从{first}到{last}：{names}",
    "title_news": "{subject}：{heads}",
    "thesis_live": "线上测试中，{figures}。",
    "thesis_measured": "{figures}。",
    "thesis_both": "线上测试中，{live}；离线实验中，{shelf}。",
    "thesis_production": "在{subject}方向，{names}均报告已部署。",
    "thesis_sides": "围绕{subject}，{sides}。",
    "thesis_course": "事态从“{first}”发展到“{last}”。",
    "thesis_sums": "涉及金额：{listed}。",
    "thesis_moves": "去向：{listed}。",
    "thesis_releases": "本次发布：{listed}。",
    "move": "{who}由{start}转投{goal}",
    "move_to": "{who}加入{goal}",
    "move_from": "{who}离开{start}",
    "thesis_centre_course": "{firm}一事从“{first}”发展到“{last}”。",
    "thesis_further": "另有“{first}”；“{last}”。",
    "thesis_reports": "相关报道从“{first}”到“{last}”。",
    "thesis_reach": "话题从{first}延伸到{last}。",
    "thesis_reach_told": "话题始于{first}，延至{last}：“{head}”。",
    "sum": "{amount}（{parties}）",
    "measured": "{who}的{figure}",
    "measured_too": "{who}的{figure}",
    "measured_for": "{measured}（{term}）",
    "side": "{who}着眼于{term}",
    "side_too": "{who}着眼于{term}",
    "gist": "{who}提出“{gist}”",
    "gist_too": "{who}提出“{gist}”",
    "brief": "{who}：{parts}。",
    "brief_about": "着眼于{terms}",
    "brief_online": "线上{figure}",
    "brief_offline": "离线{figure}",
    "semicolon": "；",
    "section_featured": "精选文章",
    "section_post": "更多文章",
    "section_paper": "论文",
    "section_tweet": "推文",
    "section_repository": "热门项目",
    "section_episode": "播客",
    "section_more": "其余论文",
    "stars_today": "{name} 当日新增 {today} 个星标，共 {stars} 个。",
    "headline": "{first}；{second}",
    "backfilled": "本期为补做：订阅源只显示最近的条目，热门项目页只显示读取当天的内容",
}

WITH_ARTICLE = frozenset(
    {
        "US",
        "UK",
        "U.S.",
        "U.K.",
        "White House",
        "Pentagon",
        "European Union",
        "European Commission",
        "Senate",
        "US Congress",
    }
)
QUALIFIERS_ZH: Mapping[str, str] = {
    "up to": "最高", "at least": "至少", "about": "约", "around": "约", "approximately": "约", "nearly": "近",
    "almost": "近", "over": "超过", "more than": "超过", "relative": "相对", "on average": "平均", "average": "平均",
    "absolute": "绝对", "as much as": "最高", "at most": "至多", "less than": "不到", "roughly": "约",
}  # fmt: skip


def phrase(language: str, name: str, **values: object) -> str:
    """Return a phrase of the frame, filled in; languages without their own frame get the English one."""
    template = (_ZH if language == "zh" else _EN)[name]
    if language != "zh":
        return template.format(**values)
    pieces = Formatter().parse(template)
    return spaced(*(part for literal, field, *_ in pieces for part in (literal, str(values[field]) if field else "")))


def spaced(*parts: str) -> str:
    """Put Chinese and Latin parts together as Chinese editions set them, with a space where characters meet letters."""
    text = ""
    for part in parts:
        meets = _MEETS.search(f"{text[-1:]}\n{part[:1]}")
        text += f" {part}" if meets else part
    return text


def counted(language: str, kind: str, count: int) -> str:
    """Return a count with its noun: "1 paper", "24 papers", "24 篇论文"."""
    one, many = KINDS["zh" if language == "zh" else "en"][kind]
    return f"{count} {one if count == 1 else many}"


def joined(language: str, parts: Sequence[str]) -> str:
    """Join parts as the language lists them: "A, B and C", "A、B 和 C"."""
    if len(parts) < 2:  # noqa: PLR2004  one part needs no list
        return "".join(parts)
    if language == "zh":
        return spaced("、".join(parts[:-1]), "和", parts[-1])
    return f"{', '.join(parts[:-1])} and {parts[-1]}"
