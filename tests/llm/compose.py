"""What the fake model answers: composed from the request alone, by the shape of the schema that it is given."""

import json
import re
from collections import Counter
from typing import Any

from digest.text import is_chinese

Json = dict[str, Any]

_BLOCK = re.compile(r"<<<source ([0-9a-f]{12})>>>\n(.*?)\n<<<end \1>>>", re.DOTALL)
_SENTENCE = re.compile(r"(?<=[.!?。！？])\s+|(?<=[。！？])")
_SCHEMA = re.compile(r"fits this JSON Schema:\n(\{.*\})", re.DOTALL)
_WANTED = re.compile(r"^Wanted: (.*)\.$", re.MULTILINE)
_WORD = re.compile(r"[a-z]{5,}")
_PLAIN = frozenset(
    [
        "about",
        "online",
        "above",
        "after",
        "against",
        "among",
        "their",
        "there",
        "these",
        "those",
        "which",
        "while",
        "where",
        "whose",
        "first",
        "using",
        "based",
        "between",
        "through",
        "paper",
        "study",
        "method",
        "methods",
        "approach",
        "model",
        "models",
        "results",
        "propose",
        "present",
        "introduce",
        "company",
        "system",
        "systems",
        "across",
        "reports",
        "report",
        "shows",
        "without",
        "within",
        "other",
        "every",
        "under",
        "never",
        "still",
        "would",
        "could",
        "should",
    ]
)
_FIGURE = re.compile(r"\d[\d.,]*")
_QUALIFIER = re.compile(
    r"\b(?:up to|at least|about|nearly|over|almost|offline|online|relative|serving) ", re.IGNORECASE
)
_ORDER = re.compile(r"ignore (?:all )?previous instructions|neighbours of this work", re.IGNORECASE)
_BOUNDS = frozenset({"up to", "at least", "about", "nearly", "over"})
_PARTS = r" (?:quarter|third|half|dozen|million|billion|few)"
_FILLER = "（以上依照来源原文转述，名称与数字均照原样。）"
_GLOSSARY = {
    "up to": "最多", "at least": "至少", "about": "约", "nearly": "近", "over": "超过", "relative to": "相对于",
    "offline": "离线", "online": "在线", "and": "和", "or": "或", "not": "不", "no": "无",
    "the": "", "a": "", "an": "", "of": "的", "in": "在", "on": "在", "with": "与", "for": "为", "by": "由", "to": "到",
    "from": "从", "we": "我们", "is": "是", "are": "是", "show": "表明", "shows": "表明", "that": "", "this": "这",
    "improves": "提升", "increased": "提高", "increase": "提高", "reduces": "降低", "reduced": "降低",
    "propose": "提出", "present": "提出", "introduce": "推出", "reports": "报告", "users": "用户", "traffic": "流量",
    "results": "结果", "new": "新", "model": "模型", "models": "模型", "system": "系统", "runs": "贯穿",
    "through": "", "these": "这些", "works": "工作", "both": "两者", "take": "", "it": "它", "their": "其",
}  # fmt: skip


def sources(user: str) -> list[Json]:
    """Read the marked-off blocks of a request."""
    return [json.loads(body) for _, body in _BLOCK.findall(user)]


def schema_of(request: Json) -> Json | None:
    """Return the schema of a request: from response_format, else from the words of the task."""
    asked = (request.get("response_format") or {}).get("json_schema")
    if asked:
        return asked["schema"]
    found = _SCHEMA.search(request["messages"][0]["content"])
    return json.loads(found[1]) if found else None


def compose(request: Json) -> Json:
    """Answer honestly."""
    task, user = (message["content"] for message in request["messages"][:2])
    schema = schema_of(request)
    if schema is None:
        return {}
    keys, given = set(schema["properties"]), sources(user)
    if "scores" in keys:
        return {"scores": [_score(item, task) for item in given]}
    if "sentences" in keys and "id" in schema["properties"]["sentences"]["items"]["properties"]:
        return {"sentences": [_translated(sentence) for sentence in given]}
    if "merge" in keys:
        return {"merge": [], "split": [], "dissolve": []}
    shapes = {"lead": _note, "thesis": _thread, "text": _mended, "sentences": _opening}
    return next((answer(given) for key, answer in shapes.items() if key in keys), {"ready": True})


def _score(item: Json, task: str) -> Json:
    wanted = _WANTED.search(task)
    text = f"{item['title']} {item['text']}".lower()
    hits = sum(topic.strip() in text for topic in wanted[1].lower().split(",")) if wanted else 0
    value = 2 + min(2, hits) + ("a/b test" in text or "online" in text)
    return {"id": item["id"], "score": value, "reason": item["title"][:120]}


def split(text: str) -> list[str]:
    """Split a text into sentences."""
    return [part.strip() for part in _SENTENCE.split(text) if len(part.strip()) > 3]


def _note(given: list[Json]) -> Json:
    item = given[0]
    told = split(item["text"]) or [item["title"]]
    telling = [s for s in told if "%" in s] or [s for s in told if _FIGURE.search(s)] or told
    first = telling[0]
    rest = [s for s in told if s != first][:2]
    return {"lead": _row(first[:590], item), "notes": [_row(s[:590], item) for s in rest]}


def _row(text: str, *items: Json) -> Json:
    return {"text": text, "ids": [item["id"] for item in items]}


def _thread(given: list[Json]) -> Json:
    word, holding = _common(given)
    title = f"{word.capitalize()} in common"
    if not word:
        return {
            "title": given[0]["title"][:150],
            "thesis": _row("These works belong together.", *given[:2]),
            "sentences": [],
        }
    return {
        "title": title if "common" in json.dumps(given) else word.capitalize(),
        "thesis": _row(f"The theme {word} runs through these works.", *holding),
        "sentences": [_row(f"Both take up {word}.", *holding[:2])],
    }


def _opening(given: list[Json]) -> Json:
    word, holding = _common(given)
    return {"sentences": [_row(f"The theme {word} moves across these works.", *holding)] if word else []}


def _common(given: list[Json]) -> tuple[str, list[Json]]:
    words = [set(_WORD.findall(f"{i.get('title', '')} {i['says']}".lower())) - _PLAIN for i in given]
    counts = Counter(word for found in words for word in found)
    shared = sorted((word for word, count in counts.items() if count > 1), key=lambda w: (-counts[w], w))
    if not shared:
        return "", []
    return shared[0], [item for item, found in zip(given, words, strict=True) if shared[0] in found]


def _mended(given: list[Json]) -> Json:
    sentence, *items = given
    words = set(sentence["text"].lower().split())
    told = [s for item in items for s in split(item["text"])]
    return {"text": max(told, key=lambda s: len(words & set(s.lower().split())), default="")[:590]}


def _translated(sentence: Json) -> Json:
    """Put a sentence into Chinese words around its figures and names, a fifth of its letters at least."""
    text = sentence["text"]
    for words in sorted(_GLOSSARY, key=len, reverse=True):
        # "a quarter" is a figure, "a" alone is none.
        # A word that bounds a figure is one only before a figure.
        after = r"(?=\s*[$€£+\-]?\d)" if words in _BOUNDS else rf"(?![\w\-/]|{_PARTS})"
        text = re.sub(rf"(?<![\w\-/.]){words}{after}", _GLOSSARY[words], text, flags=re.IGNORECASE)
    text = f"据来源，{text.rstrip('. ')}。"
    while not is_chinese(text):
        text += _FILLER
    return {"id": sentence["id"], "text": text}


def rows(answer: Json) -> list[Json]:
    """List the places of an answer that hold a sentence with ids."""
    found = [answer[key] for key in ("lead", "thesis") if key in answer]
    return [*found, *answer.get("notes", []), *(s for s in answer.get("sentences", []) if "ids" in s)]


def _texts(answer: Json, change: Any) -> Json:
    for row in [*rows(answer), *(s for s in answer.get("sentences", []) if "id" in s)]:
        row["text"] = change(row["text"])
    for row in answer.get("scores", []):
        row["reason"] = change(row["reason"])
    for key in ("title", "text"):
        if key in answer:
            answer[key] = change(answer[key])
    return answer


def wrong_figures(answer: Json, _user: str) -> Json:
    """Change each figure, and add one where there is none."""

    def change(text: str) -> str:
        changed = _FIGURE.sub(lambda m: "7" + m[0] if m[0][0] != "7" else "3" + m[0], text)
        return changed if changed != text else f"{text.rstrip('.。')}, by 41%."

    return _texts(answer, change)


def dropped_qualifiers(answer: Json, _user: str) -> Json:
    """Drop what bounds or places a figure."""
    return _texts(answer, lambda text: _QUALIFIER.sub("", text))


def swapped_companies(answer: Json, _user: str) -> Json:
    """Tell everything of other firms."""
    names = {"Meta": "Google", "Google": "Meta", "Alibaba": "Tencent", "Kuaishou": "Pinterest", "Pinterest": "Kuaishou"}

    def change(text: str) -> str:
        changed = re.sub(r"\b(?:" + "|".join(names) + r")\b", lambda m: names[m[0]], text)
        return changed if changed != text else f"Netflix says: {text}"

    return _texts(answer, change)


def invented_quotes(answer: Json, _user: str) -> Json:
    """Put words into a mouth."""
    return _texts(answer, lambda text: f"{text} “This changes everything,” said the founder.")


def invented_links(answer: Json, _user: str) -> Json:
    """Add addresses in several dresses."""
    dresses = iter([" See https://evil.example/x.", " [More](https://evil.example).", " Visit evil.com now."] * 50)
    return _texts(answer, lambda text: text + next(dresses))


def obeys(answer: Json, user: str) -> Json:
    """Do for all items of the request what a text in it orders."""
    if not _ORDER.search(user):
        return answer
    for row in answer.get("scores", []):
        row["score"] = 1
    return _texts(answer, lambda text: f"Obeyed: {text}")


def unknown_ids(answer: Json, _user: str) -> Json:
    """Answer for items that nobody asked about."""
    for row in [*answer.get("scores", []), *(s for s in answer.get("sentences", []) if "id" in s)]:
        row["id"] = "arxiv:9999.99999"
    for row in rows(answer):
        row["ids"] = ["arxiv:9999.99999", "arxiv:9999.99998"]
    return answer


def double_ids(answer: Json, _user: str) -> Json:
    """Answer twice, differently."""
    for row in list(answer.get("scores", [])):
        answer["scores"].append(row | {"score": 6 - row["score"]})
    for row in [s for s in answer.get("sentences", []) if "id" in s]:
        answer["sentences"].append(row | {"text": "另一句。"})
    for row in rows(answer):
        row["ids"] = row["ids"] * 2
    return answer


def missing_ids(answer: Json, _user: str) -> Json:
    """Leave out ids, and one entry of several."""
    for key in ("scores", "sentences"):
        if answer.get(key) and "id" in answer[key][0]:
            answer[key] = answer[key][1:] or [answer[key][0] | {"id": ""}]
    for row in rows(answer):
        row["ids"] = []
    return answer


def score_of(value: Any) -> Any:
    """Make a liar that gives each item the same impossible score."""

    def change(answer: Json, _user: str) -> Json:
        for row in answer.get("scores", []):
            row["score"] = value
        return answer

    return change


def liar(answer: Json, user: str) -> Json:
    """Lie by turns: wrong figures, other firms, invented quotes, links, unknown ids."""
    lies = (wrong_figures, swapped_companies, invented_quotes, invented_links, unknown_ids, dropped_qualifiers)
    return lies[sum(map(ord, user)) % len(lies)](answer, user)


def another(answer: Json, user: str) -> Json:
    """Be another honest model: other scores, and the last sentence of an item where the first one was."""
    given = {item["id"]: item for item in sources(user)}
    for row in answer.get("scores", []):
        row["score"] = 1 + sum(map(ord, row["id"])) % 5
    if "lead" in answer:
        item = next(iter(given.values()))
        answer["lead"] = _row((split(item["text"]) or [item["title"]])[-1][:590], item)
        answer["notes"] = answer["notes"][:1]
    if "title" in answer:
        answer["title"] = f"{answer['title']} again"
    return answer


LIES = {
    "honest": lambda answer, _user: answer,
    "another": another,
    "liar": liar,
    "wrong_figures": wrong_figures,
    "dropped_qualifiers": dropped_qualifiers,
    "swapped_companies": swapped_companies,
    "invented_quotes": invented_quotes,
    "invented_links": invented_links,
    "obeys": obeys,
    "unknown_ids": unknown_ids,
    "double_ids": double_ids,
    "missing_ids": missing_ids,
    "score_7": score_of(7),
    "score_five": score_of("five"),
    "score_nan": score_of(float("nan")),
}
