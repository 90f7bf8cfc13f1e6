"""Which company or institution a text's work comes from: weighed by how it is named, not by how often."""

import re
from collections import defaultdict
from dataclasses import dataclass

from digest.names import Name, company, is_company, is_word, known, owner
from digest.text import Span

_NEED = 2
_PLACE = 3  # named as where a live text plays, though the sentence itself says nothing of a test
_SURE = 5  # said to run there: outweighs the name of a data set, and what is else an ordinary word
_MODELS = re.compile(
    r"^(?:Qwen|Llama|Gemini|Gemma|Claude|GPT|ChatGPT|Grok|Mixtral|Codestral|Kimi|GLM|Hunyuan|Ernie"
    r"|Pangu|Doubao|Copilot|PyTorch|CUDA|Granite|Nemotron|Sora|Veo|Codex"
    r"|DALL-E|Firefly|Kling|Seedance|Seed|Ascend|watsonx|Android|iOS|Windows|HarmonyOS|Chrome|Edge"
    r"|Azure|Amazon Bedrock|Optimus|TensorFlow|Galaxy|iPhone|Goodreads|IMDb|GitHub"
    r"|Kindle|Qwen\d.*|NotebookLM|Le Chat|Unity)\b"
)
_VENDORS = frozenset({
    "OpenAI", "Anthropic", "Mistral", "Nvidia", "Hugging Face", "Intel", "AMD", "DeepSeek", "Zhipu AI", "Cohere",
    "Elastic", "LangChain", "LlamaIndex", "Pinecone", "Weaviate", "Databricks", "ARM", "Moonshot AI", "MiniMax",
    "Google DeepMind", "Midjourney", "Stability AI", "Runway", "ElevenLabs", "Perplexity", "xAI", "Qualcomm",
    "MediaTek", "Unity", "Groq", "Cerebras", "Apple", "Waymo",
})  # fmt: skip
_HOSTS = frozenset({"Hugging Face"})  # where everybody's code and data lie
_DATASETS = frozenset(
    {
        "Amazon",
        "Yelp",
        "Netflix",
        "Steam",
        "Goodreads",
        "Reddit",
        "X",
        "Spotify",
        "Tmall",
        "Taobao",
        "Deezer",
        "Stack Exchange",
        "Quora",
        "Booking.com",
    }
)
_KINDS = (  # what a firm is called that a text names only as what it runs
    r"platform|app|application|marketplace|company|service|site|website|portal|retailer|grocer|supermarket"
    r"|search engine|provider|network|bank|insurer|airline|newspaper|broadcaster|publisher|carrier|job board"
    r"|start-?up|unicorn"
)
_BEFORE = (
    (re.compile(r"(?:在|于|与|被|来自|服务|上线)\s?$"), 3),
    (re.compile(r"\b(?:compared (?:to|with)|relative to|than|over|outperform\w*|surpass\w*|against|versus|vs\.?"
        r"|(?:proposed|introduced|developed|released|published|provided|open-sourced|maintained|offered|built|made)"
        r" by|baselines?(?: of| from| by)?)\s(?:the\s)?(?:[\w-]+\s){0,2}$", re.IGNORECASE), -4),
    (re.compile(r"(?:such as|like|e\.g\.,?|including|similar to|unlike|for example|for instance|\bbeyond"
        r"|\bas in|\binspired by)\s(?:the\s)?(?:[\w.&'’-]+(?:,| and| or)\s(?:and\s|or\s)?)*$", re.IGNORECASE), -4),
    (re.compile(r"\b(?:deployed|launched|implemented|serving|rolled out|productioni[sz]ed"
        r"|live(?= (?:at|on|in|for|across|traffic)\b)|production"
        r"|operational|integrated|adopted)\b(?:\s[\w-]+){0,3}\s(?:at|on|in|into|to|within|across|for"
        r"|by|inside)\s(?:the\s)?(?:[\w’'-]+\s){0,2}?$", re.IGNORECASE), 5),
    (re.compile(r"\b(?:A/B|AB|online|live|field|production)[\w\s/-]{0,30}(?:tests?|testing|experiments?"
        r"|evaluations?|experimentation|traffic|results|trials?)\b(?:\s[\w-]+){0,4}?\s(?:at|on|in|with"
        r"|from|across|within|conducted on|over)\s(?:the\s|both\s)?(?:[\w’'-]+\s){0,2}?$", re.IGNORECASE), 5),
    (re.compile(r"\b(?:online|A/B|live)\b[^.;]{0,60}\b(?:section|page|homepage|feed|scenario|channel|tab|module|surface"
        r"|slot)s?\s(?:of|in|on)\s(?:the\s)?$", re.IGNORECASE), 5),
    (re.compile(r"\b(?:at|within)\s(?:the\s)?$", re.IGNORECASE), 3),
    (re.compile(rf"\b(?:{_KINDS}|companie|giant)s?(?:,|:|, namely)?\s(?:of\s|called\s|named\s)?"
        r"(?-i:[A-Z]\S+(?:\s[A-Z]\S+)? and\s)?$",
        re.IGNORECASE), 4),
    (re.compile(r"\b(?:industrial|real-world|production|commercial|proprietary|in-house|internal|large-scale"
        r"|collected|online)\b[\w\s-]{0,30}\b(?:datasets?|data|logs|platforms?|systems?|traffic"
        r"|scenarios?|app|corpus)\b(?:\s\w+)?\s(?:from|at|of|on|in|by)\s(?:the\s)?$", re.IGNORECASE), 3),
    (re.compile(r"\b(?:we|our)\b[^.]{0,40}\b(?:at|in|on)\s(?:the\s)?$", re.IGNORECASE), 2),
    (re.compile(r"\bfor\s(?:the\s)?$", re.IGNORECASE), 1),
    (re.compile(r"\b(?:in|on|of|by|across)\s(?:the\s)?(?:(?:large-scale|industrial|real-world|popular|commercial|leading"
        r"|billion-scale)\s)?$", re.IGNORECASE), 1),
)  # fmt: skip
_AFTER = (
    (re.compile(r"(?:['’]s)?\s(?:[\w-]+\s)?(?:industrial|production|proprietary|in-house"
        r"|internal) (?:[\w-]+ )?(?:datasets?|data|logs)\b"), 5),
    (re.compile(r"\s(?:(?:serv(?:es|ing)|has|with) (?:over|more|about|nearly|up to|around|tens|hundreds|billions?"
        r"|millions?|thousands|[\d.]+))\b"), 3),
    (re.compile(r"\s(?:[\w-]+\s){0,3}?assistant\b"), 2),
    (re.compile(r"(?:['’]s)?\s(?:current |existing |online |main )?(?:production|live|incumbent) (?:[\w-]+ )?(?:model"
        r"|system|ranker|ranking|traffic|stack|baseline|environment|feed|recommender|search)s?\b"), 5),
    (
        re.compile(
            r"\s?(?:首页|平台|推荐|搜索|广告|主站|A[Pp][Pp]|信息流|上线|部署|全量|电商|外卖|直播|短视频"
        r"|助手|的?(?:线上|生产|真实|用户))"
        ),
        3,
    ),
    (re.compile(r"[-\s]?(?!production|live)(?:[\w-]+\s)?(?:datasets?|reviews?|benchmarks?|corpus|corpora"
        r"|Books?|Beauty|Sports"
        r"|Toys|Electronics|Games|Prize|Challenge|API|LLMs?|models?|GPUs?|[A-Z]?\d{2,})\b|-\d"
        r"|,? (?:Yelp|MovieLens|Steam|Gowalla|Criteo|Avazu)\b"), -4),
    (re.compile(r"['’]s?\s(?:[\w-]+\s){0,4}?(?:platform|app|application|production|homepage|home|feed|search"
        r"|ads?|advertising|recommend\w*|system|service|marketplace|users|traffic|store|site|website"
        r"|online|largest|main|e-commerce|in-house|internal (?:data|systems?|platforms?|traffic)"
        r"|ad|commercial|display|live|short-video"
        r"|industrial|catalog|music|ranking|retrieval|products?|video|shopping|streaming|delivery"
        r"|customers|infrastructure|real-time|notification)"), 4),
    (re.compile(r"\s(?:\w+\s){0,2}?(?:platform|app|application|homepage|home ?feed|feed|search|ads?"
        r"|advertising|recommend\w*|marketplace|users|traffic|store|(?-i:production|system)|surfaces?"
        r"|e-commerce|channels|live|online|App|Ads|Search|Feed|Music|Mall|Lite|scenarios?|shopping"
        r"|display|short)\b", re.IGNORECASE), 2),
    (re.compile(r",\s(?:a|an|one of|the|Latin|China|India|Europe|Korea|Japan|Brazil|Russia|Asia"
        r"|which)\b[^.;]{0,80}\b(?:e-commerce|streaming|engine"
        rf"|{_KINDS})\b"), 4),
)  # fmt: skip
_MACHINE = re.compile(
    r"(?:['’]s)?(?:\s[\w.-]+){0,2}?\s(?:[GTNC]PUs?|FPGAs?|Silicon|hardware|chips?|accelerators?|devices?|processors?"
    r"|smartphones?|phones?|Quantum|Jetson|Snapdragon|Dimensity|Exynos|Neural Engine|clusters?|servers?|headsets?"
    r"|watch(?:es)?|[A-Z]{1,2}\d{2,}\w*)\b"
)
_SUBJECT = re.compile(r"^$|\b(?:of|for|in|behind) $")
_TITLE_AT = re.compile(r"\b(?:in|at|on|for) (?:the )?$")
_TITLE_END = re.compile(
    r"(?:['’]s)?(?: [\w-]+){0,2}?(?: (?:search|ads?|advertising|recommendations?|feed|app|platform|e-commerce|homepage"
    r"|live|video))*[.:]?$",
    re.IGNORECASE,
)
_TITLED = re.compile(r"[\w.-]*(?::| Technical Report\b|$)")
_LONGER = re.compile(r"[-‑][A-Z]")
_CAPITAL = re.compile(r"\s[A-Z][a-z]")
_LIVE = re.compile(
    r"\b(?:online|A/B|deploy\w*|production|launch\w*|full(?:y)?|serving|traffic"
    r"|live(?! (?:\w+ )?(?:leaderboards?|demos?|captions?|captioning)))\b"
    r"|\d\s*\\?% \w*(?:improve|increase|lift|gain|reduc|uplift)"
    r"|(?:improve|increase|lift|gain|reduc|uplift)\w*\b.{0,50}?\d\s*\\?%",
    re.IGNORECASE,
)
_RUNS = re.compile(
    r"\b(?:online|A/B|deploy\w*|production|launch\w*|live|traffic|serving|users|GMV|CTR|CVR|revenue|orders|sales"
    r"|clicks?|retention|conversions?|engagement|views|publications|posts|(?:watch|stay) time)\b",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"\b(?:industrial|proprietary|in-house|internal|production|commercial|real-world|at|we|our|runs? (?:on|in))\b"
    r"|[\u3400-\u9fff]",
    re.IGNORECASE,
)
_STEMS = (
    "deployed", "launched", "in production", "A/B", "nline test", "nline exp", "ive test", "ive exp", "olled out",
    "platform", "company", "marketplace", "retailer", "commerce", "startup", "provider", "streaming", "'s ", "’s ",
)  # fmt: skip
_COMMAND = re.compile(r"\\[a-z]+\{")
_OPEN = re.compile(
    r"\b(?:deployed|launched|in production|production system|A/B test(?:s|ing)?|(?:online"
    r"|live) (?:experiments?|tests?)|rolled out)\b(?: \w+){0,3}? (?:at|on|in|within|by) (?:the )?"
    r"(?P<name>[A-Z][\w&.'-]*[\w](?: [A-Z][\w&.-]*[\w]){0,3})(?:['’]s(?= )|"
    r"(?=,|\.|;|\)| (?:and|with|where|for|since|to|in|on|over|during|across|that|which|has|have|is|show\w*|serv\w+"
    r"|demonstrat\w*|confirm\w*|yield\w*|result\w*|improv\w*|deliver\w*|achiev\w*|using|by|after|platform|app|production"
    r"|homepage|feed|search|ads?|traffic|users|website|marketplace|company|system|services?|as|before|without)\b))"
)
_OPEN_AT = re.compile(
    r"(?:\bwith |\bfrom |\bat |\bby |\bfor |\bof |\bin "
    r"|\bon )(?P<name>[A-Z][\w&.-]*[\w](?: [A-Z][\w&.-]*[\w]){0,2}),? (?:a|an|one of|the|Latin"
    r"|\w+['’]s)\b[^.;]{0,60}\b(?:company|marketplace|retailer|e-commerce|startup|streaming service"
    r"|(?:commerce|shopping|travel|delivery|hailing|video|music|social|media|job|dating|news|advertising|ads?|payments?"
    r"|booking|recruitment|rental|retail|gaming|education|content|streaming|online|leading|largest) platform"
    r"|(?:service|telecom\w*|cloud|energy|care|logistics) provider)\b"
    r"|(?P<own>[A-Z][\w&.-]*[\w](?: [A-Z][\w&.-]*\w)?)['’]s (?:(?!in |for |of |on )\w+ ){0,3}(?:production"
    r"|e-commerce platform|app|homepage|advertising platform|user base|recommender system"
    r"|live traffic)\b"
)
_NO_FIRM = re.compile(
    r"^(?:\S*-(?:based|aware|driven|style|like)|Apache|LLMs?|AI|RAG|GPU|CPU|API|CTR|GMV|MovieLens|Amazon|Yelp|GitHub|Kubernetes|Linux"
    r"|Transformer|Internet|Chinese|English|January|February|March|April|May|June"
    r"|July|August|September|October|November|December|Table|Section|The|This|We|Our|Online"
    r"|Offline|Large|Experiments?|Results?|A/B|E-commerce|Web|Top|Extensive|[A-Z]{1,2}|System|User"
    r"|NVIDIA|Python)\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Affiliation:
    """The company or institution behind a work, "" when unsaid, and the sentence that names it."""

    name: str = ""
    industry: bool = False
    quote: str = ""


def affiliation(title: str, spans: list[Span], *, live: bool = False) -> Affiliation:
    """Weigh every mention in the title and the sentences; one among examples, data sets or models counts against.

    A firm is taken where at least one mention says that the work runs or was tested there, or stems from its data:
    a text about a firm's product, or on a firm's chips, is not by that firm. Where the text tells of a `live` test or
    deployment somewhere, the one firm that it names as a place ("offers on Zorbax, a marketplace") is taken too.
    """
    best, quote = _weighed(title, spans, live=False)
    if not best and live:
        best, quote = _weighed(title, spans, live=True)
    return Affiliation(name=best, industry=is_company(best), quote=quote) if best else _open(spans)


def _weighed(title: str, spans: list[Span], *, live: bool) -> tuple[str, str]:
    """Return the firm of the most weight and the sentence that names it, "" where none has enough."""
    scores: dict[str, int] = defaultdict(int)
    quotes: dict[str, tuple[int, str]] = {}
    for place, sentence in enumerate([title, *(span.text for span in spans)]):
        for name, score in _mentions(sentence, in_title=place == 0, live=live):
            scores[name] += score
            if name not in quotes or quotes[name][0] < score:
                quotes[name] = (score, sentence)
    best = max(scores, key=lambda name: scores[name], default="")
    enough = best and quotes[best][0] >= (_PLACE if live else _NEED)
    alone = not live or sum(score > 0 for score in scores.values()) == 1
    return (best, quotes[best][1]) if enough and alone else ("", "")


def _mentions(sentence: str, *, in_title: bool, live: bool) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    for name in known(sentence, firms=True):
        firm = _firm(name)
        if firm and not _LONGER.match(sentence, name.end):
            found.append((firm, _weight(sentence, name, firm, in_title=in_title, live=live)))
    return found


def _firm(name: Name) -> str:
    if name.kind == "institution" or name.canonical in _HOSTS:
        return ""
    if name.kind == "system" and _MODELS.match(name.canonical):
        return ""
    return owner(name.canonical) if name.kind in {"company", "system"} else ""


def _weight(sentence: str, name: Name, firm: str, *, in_title: bool, live: bool) -> int:
    before = _COMMAND.sub("", sentence[max(0, name.start - 90) : name.start])
    after = sentence[name.end : name.end + 100].lstrip("}")
    if _MACHINE.match(after):
        return 0
    scores = [score for pattern, score in _BEFORE if pattern.search(before)]
    trailing = [score for pattern, score in _AFTER if pattern.match(after)]
    strongest = max([*scores, *trailing], default=0)
    if min([*scores, *trailing], default=0) < 0:
        return 0 if strongest < _SURE else 3
    if is_word(name.text) and (strongest < _SURE or _CAPITAL.match(after)):
        return 0
    total = max(scores, default=0) + max(trailing, default=0)
    if in_title:
        own = live and name.kind == "system" and bool(_SUBJECT.search(before)) and bool(_TITLED.match(after))
        at_end = live and bool(_TITLE_AT.search(before)) and bool(_TITLE_END.match(after))
        total += _PLACE if own or at_end else 2 if "at" in before[-4:].split() else -1
    elif _LIVE.search(sentence):
        total += 1 if total and (trailing or total > 1 or _RUNS.search(sentence)) else 0
    elif not live and not _OWN.search(sentence):
        return 0
    if firm in _VENDORS or firm in _DATASETS or name.canonical in _DATASETS:
        total -= 2
    return max(total, 0)


def _open(spans: list[Span]) -> Affiliation:
    """Take an unknown name where a text says that its system runs there, or what kind of firm it is."""
    text = "\n".join(span.text for span in spans)
    stems = [stem for stem in _STEMS if stem in text]
    for span in spans:
        if not any(stem in span.text for stem in stems):
            continue
        for match in (*_OPEN.finditer(span.text), *_OPEN_AT.finditer(span.text)):
            name = (
                match["name"] if "name" in match.groupdict() and match["name"] else match.groupdict().get("own") or ""
            )
            if (
                name
                and not _NO_FIRM.match(name)
                and not company(name)
                and not any(n.kind in {"place", "person"} for n in known(name, firms=True))
            ):
                return Affiliation(name=name.strip(" .,"), industry=True, quote=span.text)
    return Affiliation()
