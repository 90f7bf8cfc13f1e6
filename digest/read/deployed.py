"""Whether a text says that its system serves or served real traffic, and the sentence that says so."""

import re

from digest.text import Span

_STEMS = (
    "eploy", "aunch", "erved ", "olled out", "ollout", "oll-out", "production", "roductioni", "hipped", "erving",
    "erves", "powers", "powered", "powering", "full traffic", "full-traffic", "eplac", "upplant", "ntegrat",
    "ncorporat", "mplemented", "in use", "perational", "urrently", "lready", "eleased to", "live ",
    "adopted", "running", "t live", "gone live", "used by", "operati", "into service", "served as", "available to all",
    "applied ", "promoted",
    "上线", "部署", "全量", "落地",
    "推全", "投入使用", "应用于",
)  # fmt: skip
_DONE = re.compile(
    r"\band (?:have )?(?:\w+ly )?deploy(?:ed)? (?:it|the|our|this|them)\b|"
    r"\bnewly (?:deployed|launched) \w+|\bha(?:s|ve) been powering\b|\b(?:now|currently) (?:fully )?deployed,"
    r"|\bdeployed and (?:\w+ ){1,3}(?:for|over) (?:\w+ ){0,2}(?:weeks|months|years)\b"
    r"|\b(?:following|upon) (?:its|our|this|the|full)(?: \w+)? (?:deployment|launch|roll-?out)\b"
    r"|\bdeployment (?:on|in|at|across) (?:an?|the|our) (?:[\w-]+ ){0,4}"
    r"(?:platform|system|app|application|service|site|website|marketplace|company|bank|retailer|engine|feed)\b"
    r"(?= (?:has |have )?(?:show|yield|br[io]|deliver|achiev|result|lift|improv|increas|reduc|demonstr|confirm|valid))"
    r"|\b(?:it|approach|system|model|framework|method|pipeline|[A-Z]\w+) (?:now |currently )?runs in production\b"
    r"|\b(?:is|are) (?:now |currently |fully )?operational (?:in|at|on|across)\b"
    r"|\b(?:lessons|experiences?|insights|findings|learnings) (?:\w+ )?(?:from|of|in|on|about) "
    r"(?:deploying|launching|operating|running|the deployment of)\b"
    r"|\b(?:describes?|presents?|reports?(?: on)?|details?) (?:on )?the (?:successful |production |online |full )?"
    r"(?:deployment|launch|roll-?out) of\b"
    r"|\bserv(?:ed|es|ing) (?:already )?(?:over |more than |nearly |about |up to )?\d[\d.,]*[kKM]? "
    r"(?:daily |active |monthly )*"
    r"(?:users|people|customers|requests|queries|members|patients|students|employees|drivers|merchants|sellers)\b|"
    r"\b(?:has|have|had) (?:now |also |already |since |subsequently |further |been |successfully "
    r"|fully |both )*been(?: \w+ly| now| already| also| since)*(?: (?:tested|validated|evaluated"
    r"|launched|integrated|implemented|adopted|developed|trained)(?: and|,))?"
    r" (?:deployed|launched|rolled out|productioni[sz]ed|implemented (?:in|on|at|across) (?:a|an"
    r"|the|our)\b|put into production|shipped|adopted"
    r"|integrated into|incorporated into|serving|in production|in use|operational|live"
    r"|released to all)"
    r"|\bha(?:s|ve) powered\b|\b(?:went|gone) live\b"
    r"|\bha(?:s|ve) been (?:running|operating)(?= (?:online|live|in|on|at|for|since|within)\b)"
    r"|\b(?:is|are) (?:now |currently |actively )*(?:in (?:operation|service)\b|the (?:production|default) \w+"
    r"|(?:being )?used (?:daily |every day )?by (?:over |more than |about |nearly |tens of |hundreds of )?"
    r"(?:\d|thousands|millions)"
    r"|available to all (?:users|customers|members|buyers|sellers|advertisers))"
    r"|\b(?:been )?put into (?:service|operation)\b|\bpromoted to (?:the )?(?:default|production|main|full)\b"
    r"|\b(?:has|have) served as the (?:\w+ )?(?:default|main|primary|production)\b"
    r"|\b(?:now|currently) runs? (?:on|at|for) (?=all\b|full\b|[A-Z])"
    r"|\bnow (?:\w+ ){1,3}in production\b"
    r"|\bbeen applied (?:to|in|on) (?:the |an? |our )?(?:online|production|commercial|live)\b"
    r"|\bpower(?:s|ed|ing) (?:[\w-]+ ){1,4}for (?:over |more than |nearly |about )?(?:[\d.]+ ?)?"
    r"(?:million|billion|M|millions)\b"
    r"|\breplaced (?:the |its |our )(?:previous|former|earlier|old) (?:[\w-]+ ){0,2}"
    r"(?:system|model|ranker|recommender|pipeline) (?:in|at|on)(?= (?:[A-Z]|production|our))"
    r"|\b(?:is|are|was|were) (?:now |also |already |currently |successfully |fully |subsequently "
    r"|ultimately |being |since |finally )*(?:deployed|launched|rolled out|productioni[sz]ed"
    r"|live\b|in production|serving|running in production|in use at|used in production)"
    r"|\b(?:now|currently|already|actively|today) (?:serv(?:es|ing)|powers|powering|deployed"
    r"|in production|runs? in|running|supports?(?= (?:over |more than )?\d)|drives|handles|used in production"
    r"|the primary)"
    r"|\bwe (?:have |also |further |successfully |fully |then |describe how we "
    r"|finally |ultimately |eventually |recently |later |subsequently |now |already |since |gradually )*"
    r"(?:deploy(?:ed)?|launch(?:ed)?|roll(?:ed)? out|productioni[sz]ed?"
    r"|shipped)\b(?! (?:a|an) (?:[\w-]+ ){0,3}(?:study|survey|crawler|experiment"
    r"|benchmark|dataset|method|baseline|appeal|challenge|competition|attack|call)\b)"
    r"|\bafter (?:the |its |our |full |being |online |successful |production )*(?:deployment"
    r"|deploying|deployed|launch|rollout|roll-out|launching)\b"
    r"|\b(?:full|full-scale|full-traffic|successful|large-scale|production|online|real-world"
    r"|fleet-wide|company-wide|live|global|industrial|world-wide|worldwide|actual) (?:online "
    r"|production |full |industrial |live )?(?:deployments?|roll-?out)"
    r" (?:of|on|in|at|across|to(?= (?:all|our|[A-Z\d]))|within|for|by|since|with|over|serving|has|have|shows?|showed"
    r"|demonstrat\w+|confirm\w+|validat\w+|verif\w+|yield\w+|achiev\w+|deliver\w+|result\w+"
    r"|reveal\w+|improv\w+|increas\w+|reduc\w+|and)\b"
    r"|\b(?:its|our|the) (?:online |production |full )*(?:deployments?|roll-?out) (?:on|at|across"
    r"|to|has|shows?|showed|demonstrat\w+|confirm\w+|yield\w+|achiev\w+|deliver\w+|result\w+"
    r"|reveal\w+|improv\w+|increas\w+)\b"
    r"|\bintegrat\w+ [^.;]{0,60}\b(?:into|in) (?:our|the|its) (?:\w+ )?production\b"
    r"|\bintegrated into (?:our|the|its) (?:\w+ )?production\b"
    r"|(?:['’]s|\b(?:framework|system|model|method|approach)) (?:successful |online |production "
    r"|full )*deployment (?:on|in|at|to|across)\b"
    r"|\bin (?:online|production|full|live) deployment\b|\bdeploy(?:ed|ment)? (?:it "
    r"|[A-Z]\w* )?(?:to|on|for|with|serving) (?:full|100%|all|live|main) (?:\w+ )?(?:traffic"
    r"|users)"
    r"|\bfull(?:-|y |-scale )(?:launch|launched|deployed|deployment|production|rolled)\b"
    r"|\b(?:launched|rolled out|deployed) (?:for|to|on|at) (?:all|full|100%|full-traffic"
    r"|production|every)"
    r"|\b(?:replac(?:ed|ing|es)|supplant\w*) (?:the |an? |its |our "
    r"|\d+ )?(?:\w+ ){0,3}(?:production|legacy|existing|incumbent)\b(?: \w+){0,3} (?:cascade"
    r"|system|models?|pipeline|stack|ranker|recommender)"
    r"|\b(?:in|into) production (?:since|for (?:over|more than|\w+ (?:days|weeks|months|years))"
    r"|at [A-Z]|on [A-Z]|serving|across|within|in [A-Z])"
    r"|\b(?:serving|serves|powering|powers) (?:over |more than |hundreds of |tens of |nearly "
    r"|about |up to |the )*(?:[\d.,]+ ?)?(?:million|billion|M|B|millions|billions"
    r"|thousands)\b[^.;]{0,40}\b(?:users|requests|customers|queries|members|impressions"
    r"|recommendations)"
    r"|\bdeployed (?:in|on|at|to|within|across|inside|into|by|for|as)\b"
    r"|\b(?:launched|shipped|productioni[sz]ed|rolled out) (?:in|on|at|to|within|across|by)\b"
    r"(?! (?:January|February|March|April|May|June|July|August|September|October|November|December|20\d\d))"
    r"|\b(?:production|industrial|commercial|live)(?:-grade)? (?:system|service|deployment"
    r"|launch)s?,? (?:that )?(?:serving|in use|deployed|launched)"
    r"|\b(?:full|fully|first|successful|wide)?-?(?:launched|deployed) (?:system|framework|pipeline"
    r"|solution)\b.{0,40}\b(?:at|in|on) [A-Z]",
)
_NOT = re.compile(
    r"\b(?:can|could|may|might|to|must|should|would|will|cannot|never|not|easily|readily|when|once"
    r"|if|before|without|hard|difficult|challenging|hinder\w*|limit\w*|enabl(?:es|e|ing)"
    r"|facilitat\w+|for|toward|towards|need\w*|require\w*|"
    r"practical|suitable|ready|prior to|until|being|whether|typically|commonly|often|usually"
    r"|widely|increasingly|generally|frequently|rarely|broadly|ubiquitously|extensively|routinely"
    r"|many|most|existing|such|recent|traditional|conventional"
    r"|previously|other|currently-|commercially|those|these|systems|models|agents|LLMs|tools"
    r"|applications|challenges?|barriers?|safely|several)"
    r"(?: (?:be|been|being|is|are|was|were|it|them|models|systems|methods|the|a|an|get|practically"
    r"|directly|online|industrial|approaches|large|LLMs|LLM|agents|recommender|recommenders"
    r"|\w+ly))*\s*$",
    re.IGNORECASE,
)
_OURS = re.compile(
    r"\b(?:both|our|the (?:two|proposed|resulting)|all (?:three|four|five)) (?:\w+ )?[a-z]+s\s*$", re.IGNORECASE
)
_BACKGROUND = re.compile(
    r"^(?i:(?:large|modern|existing|most|many|current|recent|traditional|conventional|industrial"
    r"|production|real-world|online|conversational|generative|AI|personali[sz]ed"
    r"|sequential|neural|deep|autonomous|as)\b[^,]{0,60}?"
    r"\b(?:systems?|models?|recommenders?|LLMs|agents|methods|approaches|engines|platforms"
    r"|applications|pipelines|assistants|chatbots|retrievers)\b|LLMs?|RAG"
    r"|Retrieval-augmented generation|Recommender systems?|Recommendation systems?|Search engines?"
    r"|CTR prediction|Agents?|Chatbots?|Voice agents|However|While|Although|Despite|Existing|Many"
    r"|Most|To (?:bridge|address|enable))\b",
    re.IGNORECASE,
)
_STRONG = re.compile(
    r"\b(?:has|have) (?:been )?(?:now |also |already |successfully |fully "
    r"|since )*(?:been )?(?:now |also |already |successfully |fully )*(?:deployed|launched|powered"
    r"|rolled out)|\breplaced (?:the |our )?(?:\w+ ){0,2}production\b"
    r"|\bwe (?:have )?(?:\w+ly )?(?:deploy|launch)(?:ed)?\b|\bfully (?:deployed"
    r"|launched)"
    r"|\b(?:deployed|launched|in production) (?:at|on|in|to|within|for|by) (?:the )?[A-Z]",
)
_OTHER = re.compile(
    r"\b(?:platforms?|apps?|applications?|websites?|sites?|company|companies|services?"
    r"|marketplaces?|feeds?|engines?)(?: \w+)? ?$"
)
_HARDWARE = re.compile(
    r"(?: (?:in|on|at|to|within|across|inside|into|by|for|as|over))?(?: an?| the"
    r"| \w+)?(?: [\w'’-]+){0,3}? (?:devices?|GPUs?|hardware|clusters?|edge"
    r"|phones?|robots?|FPGAs?|CPUs?|cloud|docker|containers?|agents?|nodes?|workflows?)\b"
)
# A word of use: what is put to work on data, robots or a task "is deployed" as well, and serves nobody.
_USED = re.compile(
    r"\b(?:users?|traffic|customers?|buyers?|sellers?|merchants?|advertis\w+|members|listeners|viewers|shoppers|drivers"
    r"|production|productionized|online|platforms?|apps?|feeds?|homepage|website|marketplaces?|compan(?:y|ies)|industrial"
    r"|industry|commercial(?:ly)?|A/B|live|serv(?:es|ing|ed|ice|ices)|requests|queries|enterprises?|hospitals?|clinic\w*"
    r"|e-commerce|business|revenue|at scale|scale of|millions?|billions?|daily|fleet|vehicles|retention|store|surfaces?"
    r"|launches|recommender system|ads? system|search (?:engine|system|ads|service)|since"
    r"|(?:for|over) (?:\w+ )?(?:decades|years|months)"
    r"|scen(?:e|ario)s? (?:of|in|at|on) [A-Z]\w+|watch[- ]time|GMV|CTR|CVR)\b"
)
_INTO = re.compile(r" (?:the|our) \S")
_RELATIVE = re.compile(r"(?:^|\s)(?:an?|the|our|this|any|no|[\w-]+),? (?:\w+[ -]){0,6}?[a-z]+\s?$")
_NAMED = re.compile(
    r"(?: across (?:\w+ ){1,3}?(?:scenarios|surfaces|businesses|business lines|products|services|markets|scenes"
    r"|channels|pages|tabs|regions|countries|apps|platforms) (?:in|on|of|at|within|inside) (?:the )?(?:[A-Z]|our\b))"
    r"|(?:(?<=\b(?:at|in|on|to|by))|(?<=\bfor)|(?<=\bwithin)|(?<=\bacross)|(?<=\binside)"
    r"|(?: \S+){0,2} at| (?:in|on|to|within|across|by|for)) (?:the |an? )?(?:[A-Z]|our\b|production\b|full\b|all\b"
    r"|[\d.]+ (?:million|billion))"
)
_FELL = re.compile(
    r",? (?:(?!is\b|are\b|can\b|may\b|will\b|but\b|to\b)[\w-]+ ){0,4}?(?:fell|rose|dropped|grew|saw|cut|[a-z]{3,}ed)\b"
)
_SHORT_FORM = re.compile(r"\s\([A-Za-z-]{2,12}\)")
_LED_TO = re.compile(r"\b(?:leading|led|leads) to $")
_OWN = re.compile(r"(?:our|it|the proposed) |\S{0,20}[A-Z0-9^$]\S{0,20} (?:has|was)\b")  # "soupRank has", once small
_AT_LARGE = re.compile(r"\b(?:widely|increasingly|commonly|often|broadly|extensively|routinely|typically)\b")
_ROBOT = re.compile(
    r"[^.;]{0,60}\b(?:robots?|FPGAs?|drones?|UAVs?|arms?|manipulators?|humanoids?|quadrupeds?|microcontrollers?|MCUs?"
    r"|Jetson|Raspberry|glasses|headsets?|wearables?|robotic|ROVs?|neuromorphic|consumer-grade|prototype|CPUs?)\b"
)
_SIMULATED = re.compile(
    r"\bsimulat(?:ed|ion)\b(?!-)|\bhypothetical\b|\bedge devices?\b|\bmobile robots?\b|\bRaspberry\b", re.IGNORECASE
)
_ZH = re.compile(
    r"(?:已|已经|目前|现已|并|成功|全面|全量|正式|完成)[^，。；]{0,12}(?:上线|部署|落地|全量|推全"
    r"|投入使用|应用于)|(?:上线|部署)(?:于|在|至|到)|全量(?:上线|部署|推全)|推全"
)
_ZH_NOT = re.compile(r"(?:可|能|便于|难以|易于|待|将|计划)(?:以|够|在)?[^，。；]{0,4}$")


def deployed_sentence(spans: list[Span]) -> Span | None:
    """Return the first sentence that says the system runs, or ran, for real users; None where it was only tested."""
    text = "\n".join(span.text for span in spans)
    stems = [stem for stem in _STEMS if stem in text]
    for index, span in enumerate(spans):
        if any(stem in span.text for stem in stems) and _says_so(span.text, index, len(spans)):
            return span
    return None


def _says_so(sentence: str, index: int, count: int) -> bool:
    match = _ZH.search(sentence)
    if match:
        return not _ZH_NOT.search(sentence[: match.start()])
    if _SIMULATED.search(sentence):
        return False
    if sentence[1:2].islower():
        sentence = sentence[0].lower() + sentence[1:]
    background = bool(_BACKGROUND.match(sentence)) or index < max(1, count // 4)
    return any(_runs(sentence, match, background=background) for match in _DONE.finditer(sentence))


def _runs(sentence: str, match: re.Match[str], *, background: bool) -> bool:
    """Whether one word of deployment is a done thing, of the text's own system, and for somebody's use."""
    before = _LED_TO.sub("", _SHORT_FORM.sub("", sentence[max(0, match.start() - 60) : match.start()]))
    if (
        (_NOT.search(before) and not _OURS.search(before))
        or (_AT_LARGE.search(match[0]) and not _OWN.match(sentence))
        or _HARDWARE.match(sentence, match.end())
        or _ROBOT.match(sentence, match.end())
    ):
        return False
    if match[0].startswith("serv") and _OTHER.search(sentence[: match.start()]):
        return False
    if match[0].startswith("deployed ") and _RELATIVE.search(before) and not _NAMED.match(sentence, match.end()):
        return False
    if match[0].lower().startswith(("after", "following", "upon")):
        return bool(_FELL.match(sentence, match.end()))
    named = (_INTO if match[0].endswith("into") else _NAMED).match(sentence, match.end())
    if not named and not _USED.search(sentence):
        return False
    return not background or bool(_STRONG.search(sentence))
