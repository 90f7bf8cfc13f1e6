"""Where a system runs and since when, in the words of the sentence that says that it is deployed."""

import re
from dataclasses import dataclass

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug"
    r"|Sept?|Oct|Nov|Dec)\.?"
)
_SINCE = re.compile(
    rf"\b(?:since|as of) (?:(?:early|late|mid)[- ]?)?(?:{_MONTH},? )?(?:Q[1-4],? )?20\d\d\b|\bsince {_MONTH}(?!\w)"
    r"|\bfor (?:(?:over|more than|nearly|about|at least|the past|the last) )?(?:\d+|an?|one|two|three|four|five|six"
    r"|seven|eight|nine|ten|eleven|twelve|several) (?:day|week|month|year|decade)s?\b|\bfor decades\b"
    r"|(?:自|从)?\s?20\d\d\s?年(?:\s?\d{1,2}\s?月)?(?:起|以来|上线)",
)
_WHERE = re.compile(
    r"\b(?:[Dd]eploy(?:ed|ment|ing)?|[Ll]aunched|rolled out|integrated|implemented|in production|live|running|runs"
    r"|serving)(?: \w+ly| online| it| them| (?:our|the|this) [\w-]+(?: \w+)?| of [\w-]+| [A-Z][\w-]*)?"
    r" (?:at|on|in|into|across|within|to) "
    r"(?P<where>(?:the |an? |our |its |two |three |several |all )?[\w'’&/.-]+(?: [\w'’&/-]+){0,7}?)"
    r"(?=[,.;:)]|$| (?:since|for|and|with|where|which|that|serv\w+|to|has|have|yield\w*|achiev\w*|deliver(?:s|ed|ing)"
    r"|result\w*|improv\w*|increas\w*|over|after|as|by|supporting|powering|enabling|driving|leading)\b)"
)
_ZH_WHERE = re.compile(
    r"(?:上线|部署|应用)(?:于|在|至|到)(?P<where>[^，。；、]{2,20})|(?:已在|目前在|在)(?P<at>[^，。；、]{2,16}?)(?:全量|上线|部署)"
)
_BARE = re.compile(r"^(?:the |our |an? |its )?(?:production|practice|real-world|industry|live|scale|full|20\d\d)$")


@dataclass(frozen=True, slots=True)
class Service:
    """Where a system runs ("the Pinterest homefeed") and since when ("since May 2026", "for 9 months"), "" unsaid."""

    where: str = ""
    since: str = ""


def service(quote: str) -> Service:
    """Read the sentence of a deployment; its own words are kept."""
    since, place = _SINCE.search(quote), _WHERE.search(quote) or _ZH_WHERE.search(quote)
    said = next((words for words in place.groupdict().values() if words), "") if place else ""
    where = said.strip(" .") if not _BARE.match(said.strip(" .")) else ""
    return Service(where=where, since=since[0].strip() if since else "")
