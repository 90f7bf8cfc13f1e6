"""Whether a text says that its system serves or served real traffic, and the sentence that says so."""

import re

from digest.text import Span

_STEM = re.compile(
    r"eploy|aunch|roll(?:ed|ing)?[ -]?out|production|hipped|erving|serves|power(?:s|ed|ing)\b|full(?:-| )traffic|replac|supplant|integrat|incorporat|in use"
    r"|operational|urrently|lready|released to|live\b|上线|部署|全量|落地|推全|投入使用|应用于"
)
_DONE = re.compile(
    r"\b(?:has|have|had) (?:now |also |already |since |subsequently |further |been |successfully |fully |both )*been(?: \w+ly| now| already| also| since)*(?: (?:tested|validated|evaluated|launched|integrated|implemented|adopted|developed|trained)(?: and|,))?"
    r" (?:deployed|launched|rolled out|productioni[sz]ed|put into production|shipped|adopted|integrated into|incorporated into|serving|in production|in use|operational|live|released to all)"
    r"|\bha(?:s|ve) powered\b"
    r"|\b(?:is|are|was|were) (?:now |also |already |currently |successfully |fully |subsequently |ultimately |being |since |finally )*(?:deployed|launched|rolled out|productioni[sz]ed|live\b|in production|serving|running in production|in use at)"
    r"|\b(?:now|currently|already|actively|today) (?:serv(?:es|ing)|powers|powering|deployed|in production|runs? in|running|supports?|drives|handles|used in production|the primary)"
    r"|\bwe (?:have |also |further |successfully |fully |then |describe how we |finally )*(?:deploy(?:ed)?|launch(?:ed)?|roll(?:ed)? out|productioni[sz]ed?|shipped)\b(?! (?:a|an) (?:study|survey|crawler|experiment|benchmark|dataset))"
    r"|\bafter (?:the |its |our |full |being |online |successful |production )*(?:deployment|deploying|deployed|launch|rollout|roll-out|launching)\b"
    r"|\b(?:full|full-scale|full-traffic|successful|large-scale|production|online|real-world|fleet-wide|company-wide|live|global|industrial|world-wide|worldwide|actual) (?:online |production |full |industrial |live )?(?:deployments?|roll-?out)"
    r" (?:of|on|in|at|across|to|within|for|by|since|with|over|serving|has|have|shows?|showed|demonstrat\w+|confirm\w+|validat\w+|verif\w+|yield\w+|achiev\w+|deliver\w+|result\w+|reveal\w+|improv\w+|increas\w+|reduc\w+|and)\b"
    r"|\b(?:its|our|the) (?:online |production |full )*(?:deployments?|roll-?out) (?:on|at|across|to|has|shows?|showed|demonstrat\w+|confirm\w+|yield\w+|achiev\w+|deliver\w+|result\w+|reveal\w+|improv\w+|increas\w+)\b"
    r"|\bintegrat\w+ [^.;]{0,60}\b(?:into|in) (?:our|the|its) (?:\w+ )?production\b|\bintegrated into (?:our|the|its) (?:\w+ )?production\b"
    r"|(?:['’]s|\b(?:framework|system|model|method|approach)) (?:successful |online |production |full )*deployment (?:on|in|at|to|across)\b"
    r"|\bin (?:online|production|full|live) deployment\b|\bdeploy(?:ed|ment)? (?:it |[A-Z]\w* )?(?:to|on|for|with|serving) (?:full|100%|all|live|main) (?:\w+ )?(?:traffic|users)"
    r"|\bfull(?:-|y |-scale )(?:launch|launched|deployed|deployment|production|rolled)\b|\b(?:launched|rolled out|deployed) (?:for|to|on|at) (?:all|full|100%|full-traffic|production|every)"
    r"|\b(?:replac(?:ed|ing|es)|supplant\w*) (?:the |an? |its |our |\d+ )?(?:\w+ ){0,3}(?:production|legacy|existing|incumbent)\b(?: \w+){0,3} (?:cascade|system|models?|pipeline|stack|ranker|recommender)"
    r"|\b(?:in|into) production (?:since|for (?:over|more than|\w+ (?:days|weeks|months|years))|at [A-Z]|on [A-Z]|serving|across|within|in [A-Z])"
    r"|\b(?:serving|serves|powering|powers) (?:over |more than |hundreds of |tens of |nearly |about |up to |the )*(?:[\d.,]+ ?)?(?:million|billion|M|B|millions|billions|thousands)\b[^.;]{0,40}\b(?:users|requests|customers|queries|members|impressions|recommendations)"
    r"|\bdeployed (?:in|on|at|to|within|across|inside|into|by|for|as)\b(?! (?:an? |the |\w+ )?(?:[\w'’-]+ ){0,3}(?:devices?|GPUs?|hardware|clusters?|edge|phones?|robots?|FPGAs?|CPUs?|cloud|docker|containers?|agents?|nodes?|workflows?)\b)"
    r"|\b(?:launched|shipped|productioni[sz]ed|rolled out) (?:in|on|at|to|within|across|by)\b"
    r"|\b(?:production|industrial|commercial|live)(?:-grade)? (?:system|service|deployment|launch)s?,? (?:that )?(?:serving|in use|deployed|launched)"
    r"|\b(?:full|fully|first|successful|wide)?-?(?:launched|deployed) (?:system|framework|pipeline|solution)\b.{0,40}\b(?:at|in|on) [A-Z]",
)
_NOT = re.compile(
    r"\b(?:can|could|may|might|to|must|should|would|will|cannot|never|not|easily|readily|when|once|if|before|without|hard|difficult|challenging|hinder\w*|limit\w*|enabl(?:es|e|ing)|facilitat\w+|for|toward|towards|need\w*|require\w*|"
    r"practical|suitable|ready|prior to|until|being|whether|typically|commonly|often|usually|widely|increasingly|generally|frequently|rarely|broadly|ubiquitously|extensively|routinely|many|most|existing|such|recent|traditional|conventional"
    r"|previously|other|currently-|commercially|those|these|systems|models|agents|LLMs|tools|applications|challenges?|barriers?|safely|several)"
    r"(?: (?:be|been|being|is|are|was|were|it|them|models|systems|methods|the|a|an|get|practically|directly|online|industrial|approaches|large|LLMs|LLM|agents|recommender|recommenders|\w+ly))*\s*$",
    re.IGNORECASE,
)
_BACKGROUND = re.compile(
    r"^(?i:(?:large|modern|existing|most|many|current|recent|traditional|conventional|industrial|production|real-world|online|deployed|conversational|generative|AI|personali[sz]ed|sequential|neural|deep|autonomous|as)\b[^,]{0,60}?"
    r"\b(?:systems?|models?|recommenders?|LLMs|agents|methods|approaches|engines|platforms|applications|pipelines|assistants|chatbots|retrievers)\b|LLMs?|RAG|Retrieval-augmented generation|Recommender systems?|Recommendation systems?|Search engines?|CTR prediction|Agents?|Chatbots?|Voice agents|However|While|Although|Despite|Existing|Many|Most|To (?:bridge|address|enable))\b",
    re.IGNORECASE,
)
_STRONG = re.compile(
    r"\b(?:has|have) (?:been )?(?:now |also |already |successfully |fully |since )*(?:been )?(?:now |also |already |successfully |fully )*(?:deployed|launched|powered|rolled out)|\bwe (?:have )?(?:\w+ly )?(?:deploy|launch)(?:ed)?\b|\bfully (?:deployed|launched)"
    r"|\b(?:deployed|launched|in production) (?:at|on|in|to|within|for|by) (?:the )?[A-Z]",
)
_OTHER = re.compile(
    r"\b(?:platforms?|apps?|applications?|websites?|sites?|company|companies|services?|marketplaces?|feeds?|engines?)(?: \w+)? ?$"
)
_SIMULATED = re.compile(
    r"\bsimulat(?:ed|ion)\b|\bhypothetical\b|\bedge devices?\b|\bmobile robots?\b|\bRaspberry\b", re.IGNORECASE
)
_ZH = re.compile(
    r"(?:已|已经|目前|现已|并|成功|全面|全量|正式|完成)[^，。；]{0,12}(?:上线|部署|落地|全量|推全|投入使用|应用于)|(?:上线|部署)(?:于|在|至|到)|全量(?:上线|部署|推全)|推全"
)
_ZH_NOT = re.compile(r"(?:可|能|便于|难以|易于|待|将|计划)(?:以|够|在)?[^，。；]{0,4}$")


def deployed_sentence(spans: list[Span]) -> Span | None:
    """Return the first sentence that says the system runs, or ran, for real users; None where it is only tested or hoped for."""
    for index, span in enumerate(spans):
        if _STEM.search(span.text) and _says_so(span.text, index, len(spans)):
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
    for match in _DONE.finditer(sentence):
        if _NOT.search(sentence[max(0, match.start() - 60) : match.start()]):
            continue
        if match[0].startswith("serv") and _OTHER.search(sentence[: match.start()]):
            continue
        if background and not _STRONG.search(sentence):
            continue
        return True
    return False
