"""The words by which a reported outcome is recognised: change, boundaries of names, live and offline tests."""

import re

from digest.names import known, known_metric, metric

Q = "\ue000-\uf8ff"  # one private character stands for one figure while a sentence is taken apart

UP = (
    r"improv\w*|increas\w*|gain\w*|lift\w*|uplift\w*|boost\w*|growth|grow|grows|grew|rise|rises"
    r"|rose|rising|rais(?:e|es|ed|ing)|elevat\w*"
    r"|enhanc\w*|outperform\w*|beat(?:s|ing)?|surpass\w*|exceed(?:s|ed|ing)?|optimi[sz]\w*|accelerat\w*"
    r"|speed-?ups?|advanc(?:e|es|ed|ing)|uptick|jump\w*"
    r"|climb\w*|expan(?:d|ds|ded|ding|sion)|advantages?|amplif\w*|recover(?:s|ed|ing)|benefits?|up|increments?"
)
DOWN = (
    r"reduc\w*|decreas\w*|drop(?:s|ped|ping)?|declin\w*|lower(?:s|ed|ing)?|cut(?:s|ting)?|sav(?:e"
    r"|es|ed|ing|ings)|shrink\w*|shrank|fall|falls|fell"
    r"|shorten\w*|compress(?!ion)\w*|mitigat\w*|minimi[sz]\w*|trim\w*|alleviat\w*|degrad\w*"
    r"|down|diminish\w*|slash\w*|curb\w*|eliminat\w*"
    r"|prun(?:e|es|ed|ing)|suppress\w*|depress\w*"
)
NOUN_UP = (
    r"improvements?|increases?|gains?|(?:up)?lifts?|boosts?|growth|rises?|enhancements?"
    r"|advantages?|speed-?ups?|accelerations?|advances?|increments?"
    r"|jumps?|upticks?|raise|margins?|benefits?|uplifts?|outperformance|expansions?"
)
NOUN_DOWN = (
    r"reductions?|decreases?|drops?|declines?|savings?|cuts?|degradations?|shrinkage|loss"
    r"|compression|falls?|decrements?|dips?"
    r"|slowdowns?"
)
NOUN = rf"(?:{NOUN_UP}|{NOUN_DOWN})"
VERB = rf"(?:{UP}|{DOWN})"
MORE_UP = r"higher|more|faster|better|greater|longer|larger|stronger|quicker|increased|improved"
MORE_DOWN = r"lower|fewer|less|smaller|shorter|cheaper|worse|slower|reduced|decreased"
MORE = rf"(?:{MORE_UP}|{MORE_DOWN})"
_DOWN_WORD = re.compile(rf"^(?:{DOWN}|{NOUN_DOWN}|{MORE_DOWN})$", re.IGNORECASE)

FILLER = re.compile(
    r"(?:\b(?:in (?:absolute|relative) terms,?(?! of)|statistically"
    r"|highly|very|practically|economically|significant(?:ly)?"
    r"|substantial(?:ly)?|notabl[ey]|remarkabl[ey]|consistent(?:ly)?"
    r"|considerabl[ey]|relative(?:ly)?(?! to)"
    r"|absolute(?:ly)?(?! (?:percentage |trajectory |pose )?(?:errors?|deviations?))|additional(?:ly)?|further|also"
    r"|impressive|marked(?:ly)?|meaningful(?:ly)?|measurable"
    r"|clear|strong|respective|successfully|effectively|simultaneously|another|extra|incremental"
    r"|corresponding|dramatic(?:ally)?|drastic(?:ally)?"
    r"|massive|sizable|large|huge|sharp(?:ly)?|steady|stable|robust|positive|modest|slight(?:ly)?|negligible|minimal|marginal(?:ly)?"
    r"|approximate|net|up to|as (?:much|high|many) as"
    r"|an average of|on average|an estimated|a (?:maximum|total) of|maximum|even|only"
    r"|(?:an average|a peak|over|around|about|more than|nearly|almost|approximately|roughly|at least|at most)(?=\s*["
    + Q
    + r"]))\b(?!-)|~|≈|>|<|≥|≤|\bby (?=by\b))[\s\x1f]*",
    re.IGNORECASE,
)
STOP = (
    r"and|or|but|while|whilst|whereas|with|without|includ(?:e|es|ed|ing)|when|where|which|that|who"
    r"|over|on|for|across|in"
    r"|at|from|to|into|versus|vs\.?|relative|compared"
    r"|against|during|under|by|as|than|thereby|thus|after|before|via|through|throughout|using"
    r"|leading|resulting|demonstrat(?:es?|ed|ing)|validat(?:es?|ed|ing)|confirm\w*"
    r"|show\w*|is|are|was|were|has|have|had|be|been|respectively|among|between|within|because"
    r"|since|due|if|beyond|upon|toward|towards|yet|so|its"
    r"|achiev(?:es?|ed|ing)|deliver(?:s|ed|ing)?|yield\w*|bring\w*|highlight\w*|underscor\w*"
    r"|indicat(?:es?|ed|ing)|attribut(?:ed|ing)"
    r"|alongside|including|such|despite|the|a(?!/b)|an"
    r"|attributed|depending|ranging|obtain\w*|contribut(?:es?|ed|ing)|produc(?:es?|ed|ing)|provid(?:es?|ed|ing)|generat(?:es?"
    r"|ed(?! (?:tokens?|outputs?|responses?|answers?|text|code|images?|videos?)\b)|ing)"
    r"|leads? to|led to|drives?|driving(?= (?:an?|the|its|further)\b)"
    r"|driven|caused|incurred|translat(?:es|ed|ing)|observ(?:es?|ed|ing)|record(?:s|ed|ing)?|report(?:ed|ing)|see|saw|can|could|may"
    r"|will|it|we|our|they|their|this|these|those|on-par|both"
)
STOPS = re.compile(rf"[,;:.()\[\]{Q}。，；：（）]|--+|—|–|(?<=\s)-(?=\s)|(?<![\w-])(?:{STOP})(?![\w-])", re.IGNORECASE)
KEEPS_ON = re.compile(
    r"(?:return|add|time|cost|revenue|value|rate|exposure|share|click|view) (?:on|to|in|per|of"
    r"|through)(?: (?:ad|advertising))? \w+",
    re.IGNORECASE,
)
PLACE = re.compile(
    r"\b(?:tests?|experiments?|evaluations?|datasets?|benchmarks?|scenarios?|platforms?|settings?"
    r"|environments?|deployment|production|tasks?|traffic"
    r"|practice|baselines?|models?|methods?|systems?|benchmarks?|domains?|surfaces?|markets?"
    r"|countries|languages?|cases|corpus|corpora|applications?|stages?"
    r"|studies|study|simulations?|evaluation|pages?|apps?|feeds?|slots?|terms|industry|comparison"
    r"|general|serving|cohorts?|segments?|groups?|versions?|average|general|total|part|particular"
    r"|online|offline|variants?|blocks?|ablations?|analys[ei]s)$",
    re.IGNORECASE,
)
SHARE_AFTER = re.compile(
    r"\s*(?:of (?!the improvement|improvement|gain)|(?:of )?(?:the )?(?:live |online |production "
    r"|user |total |real |main )*(?:traffic|split)\b|confidence|significance"
    r"|level|sparsity|labell?ed|training data|sample|probability|chance|threshold|quantile"
    r"|percentile|coverage of|overlap|agreement|holdout|hold-out"
    r"|bucket|exposure to|user base|noise|dropout|budget|interval|CI\b|operating|range\b"
    r"|(?:prediction|predictive|confidence|credible|conformal|posterior) (?:intervals?|sets?|regions?|bands?|levels?)"
    r"|(?:agreed|considered|said|reported|preferred|rated|believed|chose|responded|felt|thought|indicated)\b"
    rf"|(?:vs\.?|versus|against)\s*(?:[{Q}]|$)"
    r"|respectively of|missing|unseen|subset)",
    re.IGNORECASE,
)
ABSOLUTE_BEFORE = re.compile(
    r"(?:\bonly|\bjust|\busing|\bmerely|\bwith|\bto|\bat|\bthan|\breach(?:es|ed|ing)?|\battain\w*"
    r"|\bremain\w*|\bretain\w*|\bpreserv\w*|\bmaintain\w*|\bachiev\w* an? \w+ of)\s*$",
    re.IGNORECASE,
)

OFFLINE_METRIC = re.compile(
    r"^(?:NDCG|nDCG|DCG|MRR|MAP|mAP|HR|Hits?|Recall|Precision|R|N|P|H|F1|AUC|GAUC|UAUC|QAUC"
    r"|logloss|RMSE|MAE|MSE|accuracy|EM|ROUGE|BLEU|perplexity"
    r"|normalized entropy|recall|precision)(?:@.*)?$|\b(?:AUC|GAUC|NDCG|nDCG|recall|precision"
    r"|accuracy|F1|NE|logloss|entropy|MRR|MAP|offline\b.*)(?:@\w+)?(?: scores?)?$",
)
ONLINE_METRIC = re.compile(
    r"^(?:CTR|CVR|CTCVR|GMV|GPM|revenue|ad revenue|sales|RPM|ARPU|CPC|CPA|CPM|ROI|ROAS|LTV"
    r"|advertiser value|watch time|view duration|dwell time|time spent"
    r"|listening time|session length|sessions|active days|active users|DAU|WAU|MAU|user retention"
    r"|LT\d+|churn|effective views|video views|page views"
    r"|I?PV|UV|impressions|clicks|likes|shares|comments|saves|follows|orders|purchases|bookings"
    r"|conversions|add-to-cart(?: rate)?|bounce rate"
    r"|abandonment rate|reformulation rate|engagement(?: rate)?|completion rate|skip rate"
    r"|complaint rate|refund rate|profit|acceptance rate)$"
    r"|(?:CTR|CVR|GMV)$|\b(?:CTR|CVR|GMV|revenue|retention|duration|orders|clicks?|sales|engagement|conversions?"
    r"|stay|DAU|reports|sessions|bookings|visits|buyers"
    r"|advertisers?|publications|impressions|exposures?|views|play time|watch time|listens|streams"
    r"|installs|downloads|subscriptions|spend)(?: rates?| time| sum| counts?)?$",
    re.IGNORECASE,
)
SYSTEM_METRIC = re.compile(
    r"\b(?:latency|throughput|speed-?up|speed|QPS|MFU|FLOPs?|memory|storage|parameters|model size"
    r"|computation\w*|compute|resources?|GPU\w*|CPU\w*"
    r"|cost|costs|expenditure|efficiency|utili[sz]ation|overhead|training time|inference time"
    r"|response time|bandwidth|energy|tokens?|footprint)\b|延迟|吞吐|显存|成本",
    re.IGNORECASE,
)
_IN_USE = (
    r"(?: (?:an?|the|our|its|two|three|several|all))?(?! (?:edge|mobile|embedded|robot\w*|ROVs?|UAVs?)\b)"
    r"(?: (?-i:[A-Z])| (?:[\w-]+ ){0,3}(?:production|online|commercial|industrial|e-commerce|platforms?|apps?|feeds?"
    r"|homepage|services?|marketplaces?|traffic|users)\b)"
)
ONLINE_CUE = re.compile(
    r"\b(?:(?:(?<=; )|(?<=\band )|(?<=\bwhile )|(?<=\bbut )|^)online(?=, (?!offline))"
    r"|online(?=,? (?:and offline|(?:and |A/B |AB |large-scale |industrial |production |live |user |field "
    r"|controlled |randomi[sz]ed |interleaving |business |traffic |recommendation |advertising |ads? |search |music "
    r"|video )*(?:A/B|AB|tests?|testing|experiment\w*|trials?|evaluations?|validations?|traffic|users?|metrics?"
    r"|results?|gains?|lifts?|improvements?|(?:reductions?|increases?) in|deployments?|implementations?"
    r"|launch|serving|scenarios?|systems?|services?|base(?:line)?s?|environments?"
    r"|performance|business|setting|interleaving|holdout)\b))"
    r"|(?:offline and|deploy(?:ed|ing)?|launched|served|tested|evaluated|validated|running|both) online"
    r"|A/B(?:/n)?(?=[ -](?:\w+[ -])?(?:test|experiment|result|stud|trial|evaluation|on)|[,.;)]|实验|测试)|AB test\w*"
    r"|live (?:traffic|experiment|test|user|production|deployment|system|environment|service|platform"
    r"|ads?|feed)\w*|(?:go|goes|gone|went) live"
    r"|in production|(?:since|after|following) (?:(?:its|our|the|full|online|successful|production) )+"
    r"(?:launch|deployment|rollout)(?! (?:on|to|in) (?:edge|mobile|devices?|embedded))"
    rf"|deploy(?:ment|ed) (?:on|in|at|to|across|within|for){_IN_USE}|deployed serving"
    r"|production (?:[\w-]+ ){0,2}(?:system|platform|environment|feed|recommender)s?|real traffic"
    r"|production (?:traffic|deployment|system|environment|launch|A/B|experiments?|control|dataset)"
    r"|launched|(?:full|production|retrieval|online) launch(?:es)?|rolled[- ]?out"
    r"|interleaving (?:tests?|experiments?|evaluations?)|randomi[sz]ed (?:controlled )?(?:trial|experiment|test)"
    r"|field (?:experiment|test)|holdout (?:group|test|experiment)|full (?:traffic|deployment))\b"
    r"|线上|在线(?:实验|测试|评估|部署|服务|流量|A)|上线|全量|灰度",
    re.IGNORECASE,
)
# Of these only a done test reaches the sentences behind its own: that production is hard makes no figure live.
DONE_CUE = re.compile(
    r"\b(?:A/B|AB) ?(?:test|experiment|result|stud)\w*"
    r"|\bonline (?:[\w/-]+ ){0,3}?(?:test|experiment|trial|evaluation)s?\b"
    r"|\bonline (?:deployment|implementation|results|gains|base(?:line)?)\b"
    r"|\b(?:live|real|production) (?:\w+ )?traffic\b"
    r"|\bfield (?:experiment|test)|\b(?:been|is|was|were|fully|successfully|now|also|we|and|,) (?:\w+ly )?"
    r"(?:deploy(?:ed)?|launched|rolled out)\b|\bdeployed (?:at|on) (?-i:[A-Z])"
    r"|\bin production\b(?! (?:systems?|settings?|environments?))|线上|在线(?:实验|测试)|上线|全量|灰度",
    re.IGNORECASE,
)
OFFLINE_CUE = re.compile(
    r"\b(?:offline|(?<!production )datasets?|benchmarks?|simulat\w+|backtest\w*|synthetic|held-out"
    r"|public|open-source|MovieLens|replay|laboratory|human evaluation"
    r"|user study|MTEB|BEIR|annotat\w+|judg(?:e|es|ments?))\b|离线|数据集|仿真|基准",
    re.IGNORECASE,
)
# Judgements of people that were asked for them, beside or after a live test.
MANUAL_CUE = re.compile(
    r"\b(?:manual|human|expert|subjective|side-by-side|crowd-?sourced|blind|editorial)(?:[- ][\w-]+)?"
    r" (?:evaluations?|assessments?|ratings?|reviews?|inspections?|scoring|stud(?:y|ies)|annotations?"
    r"|preference tests?)\b"
    r"|\b(?:human|expert|professional|manual) (?:raters?|evaluators?|reviewers|assessors?|annotators?|judges)\b",
    re.IGNORECASE,
)


_NO_NAME = frozenset(
    {"average", "several", "overall", "total", "maximum", "minimum", "some", "others", "similar", "likely", "often"}
)
_MEASURE = re.compile(
    r"(?:(?<! order)(?<!purchase)(?<!booking)(?<!nsaction)(?<!session)(?<! basket) values?"
    r"| (?:metrics?|scores?|performance))$",
    re.IGNORECASE,
)
_PART = re.compile(r"(?:the )?(?:share|order|proportion)", re.IGNORECASE)  # "the share of spam" is no sharing


_QUALITY = re.compile(
    r"(?P<of>[\w-]+[ -])?(?P<word>efficient|accurate|robust|stable|diverse|relevant|precise|effective|reliable"
    r"|productive|faithful|consistent|coherent)",
    re.IGNORECASE,
)
_NOUNS = {"efficient": "efficiency", "accurate": "accuracy", "stable": "stability", "diverse": "diversity",
          "relevant": "relevance", "precise": "precision", "reliable": "reliability", "productive": "productivity",
          "consistent": "consistency", "coherent": "coherence"}  # fmt: skip


def quality(words: str) -> str:
    """Return the noun of "energy-efficient", the quality of what is "twice as" so; any other words stay."""
    match = _QUALITY.fullmatch(words)
    if match is None:
        return words
    word = match["word"].lower()
    return f"{(match['of'] or '').replace('-', ' ')}{_NOUNS.get(word, word + 'ness')}"


def is_down(word: str) -> bool:
    """Whether a word of change points downwards."""
    return bool(_DOWN_WORD.match(word.strip()))


def canonical(words: str) -> str:
    """Return the metric's canonical name: a firm before it and the objects behind it do not change it."""
    name = metric(words)
    if name != words or known_metric(words):
        return name
    for firm in known(words, firms=True):
        if firm.start == 0 and firm.kind in {"company", "system"} and known_metric(words[firm.end :].strip()):
            return metric(words[firm.end :].strip())
        break
    for head in (words.partition(" of ")[0], _MEASURE.sub("", words), words.replace("’", "'").rpartition("'s ")[2]):
        if head != words and not _PART.fullmatch(head) and (known_metric(head) or "@" in head):
            return metric(head)
    return name


def looks_like_metric(words: str) -> bool:
    """Whether a phrase names something that is measured, not a place, a dataset or a method."""
    if known_metric(words) or "@" in words:
        return True
    return (
        bool(words)
        and words.lower() not in _NO_NAME
        and not words[0].isdigit()
        and not (words.endswith("ly") and " " not in words)
        and not PLACE.search(words)
    )
