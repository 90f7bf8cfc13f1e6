"""The frame of an issue in English and Chinese: every word of the local engine that is no source's."""

from collections.abc import Mapping, Sequence

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
    "industry": "Of the {entries} papers, {industry} come from industry, {deployed} say that they are deployed, "
    "and {online} report online results.",
    "online": "Online results are reported by {names}.",
    "production": "On {term}, {names} report deployment.",
    "live": "On {term}, {names} report online results.",
    "both": "{names} take up {term}.",
    "runs": "These reports share a theme: {term}.",
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
    "industry": "{entries} 篇论文中，{industry} 篇来自工业界，{deployed} 篇称已部署，{online} 篇报告了线上结果。",
    "online": "报告线上结果的有：{names}。",
    "production": "在 {term} 方向，{names} 报告已部署。",
    "live": "在 {term} 方向，{names} 报告了线上结果。",
    "both": "{names} 都涉及 {term}。",
    "runs": "这些报道的共同话题是 {term}。",
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


def phrase(language: str, name: str, **values: object) -> str:
    """Return a phrase of the frame, filled in; languages without their own frame get the English one."""
    return (_ZH if language == "zh" else _EN)[name].format(**values)


def counted(language: str, kind: str, count: int) -> str:
    """Return a count with its noun: "1 paper", "24 papers", "24 篇论文"."""
    one, many = KINDS["zh" if language == "zh" else "en"][kind]
    return f"{count} {one if count == 1 else many}"


def joined(language: str, parts: Sequence[str]) -> str:
    """Join parts as the language lists them: "A, B and C", "A、B 和 C"."""
    comma, last = ("、", "和") if language == "zh" else (", ", " and ")
    return comma.join(parts[:-1]) + last + parts[-1] if len(parts) > 1 else "".join(parts)
