"""The patterns of digest/read/templates.py: how a figure stands beside its metric and its word of change."""

import re

from digest.read.lexicon import MORE, NOUN, VERB, Q

F = f"[{Q}]"
BY = re.compile(
    rf"(?:.*(?<![\w-])(?P<verb>{VERB})(?![\w-]))?(?P<np>[^;:{Q}]*?)\s?(?:(?<!\w)by"
    rf"|from)\s(?:an? )?(?:factor of )?$",
    re.IGNORECASE,
)
SUBJECT = re.compile(
    rf"(?P<np>[^,;:(){Q}]*?)\s(?:is|was|were|are|has|have|had|been|can be|being|to|go|goes"
    r"|went)?(?:\s(?:been|be))?\s?$",
    re.IGNORECASE,
)
LIFT_RIGHT = re.compile(
    rf"\s?(?P<pre>(?:[\w@/'’&+.$^\\-]+\s){{0,6}}?)(?P<lift>{NOUN})(?![\w-])"
    rf"(?!\s(?:{NOUN}|ratios?|rates?|factors?)\b)"
    r"(?:\s(?:over|relative to|compared (?:to|with)|versus|vs\.?"
    r"|against)\s(?:(?!\sand (?:an?|the|better|improved|higher|lower|stronger|more|fewer|greater)\b)"
    r"[^,;:()\ue000-\uf8ff]){1,60}?(?=\s(?:in|on)\s))?"
    rf"(?:\s?(?P<prep>in terms of|in|of|on|for|to|over|across|at)\s(?P<np>[^;:{Q}]*))?",
    re.IGNORECASE,
)
MORE_RIGHT = re.compile(rf"\s?(?P<lift>{MORE})(?![\w-])(?P<np>[^;:{Q}]*)", re.IGNORECASE)
LIFT_LEFT = re.compile(
    rf"(?P<pre>[^,;:(){Q}]*?)(?<![\w-])(?P<lift>{NOUN})(?:\s(?:in|of|on"
    rf"|for)\s(?P<np>[^;:{Q}]*?))?\s?(?:of|by|at|reaching|ranging from|:|to be|is|was|were|are)?"
    r"\s?(?:an? )?$",
    re.IGNORECASE,
)
HEAD = re.compile(
    rf"(?P<pre>[^,;:(){Q}]*?)(?<![\w-])(?P<lift>{NOUN})(?![\w-])(?:\s(?:in|of|on|for)\s(?P<np>[^,;:(){Q}]*))?",
    re.IGNORECASE,
)
APPOSITION = re.compile(r",\s(?:the|our|a)\s[^,;:()]{1,40}(?=,)")
LISTED = re.compile(
    r"(?:\s(?:in|on|for|at|of|across|over|by|with|per|compared (?:to|with)|relative to|versus|vs\.?|against)"
    r"\s[^,;:()]{1,70}?)?[\s,;.]*(?:and|as well as|plus|or"
    r"|&|while|along with|followed by|to)?\s*(?:(?:an?|the|by)\s)?(?:by\s)?$",
    re.IGNORECASE,
)
GENERIC = re.compile(
    r"^(?:higher|lower|greater|larger|even|further|performance|quality|metrics?"
    r"|business(?: metrics?)?|key(?: \w+)* metrics?|online|offline"
    r"|overall|average|production|total|multi-fold|the|an?"
    r"|both|its|our|their|end-to-end|real-world|practical|online business|online a/b"
    r"|core(?: \w+)? metrics?|a/b test(?:ing)?|new|initial|final|similar"
    r"|of|to|in|model|result(?:s|ing)?|system|empirical|commercial|double-digit|global|headline"
    r"|mean|median|respective|first|second|main|point|peak|best|maximal|largest|top)(?:\s|$)",
    re.IGNORECASE,
)
NEW_CLAUSE = re.compile(r",\s(?:but|while|whereas|with)\s", re.IGNORECASE)
THAT_OF = re.compile(r"\s(?:that|those) (?:of|achieved|obtained|from|under|with|by)\b", re.IGNORECASE)
RIVAL = re.compile(r"^(?:outperform|surpass|exceed|beat)", re.IGNORECASE)
GIVES = re.compile(
    r"\b(?:contribut|bring|brought|deliver|gain|obtain|yield|driv|generat|add|produc|achiev|improv|demonstrat|show"
    r"|result)\w*(?:\s\w+){0,3}\s?$",
    re.IGNORECASE,
)
TIMES_OF = re.compile(r"\s?(?:the|as|that|of|its|their|a|an)\b", re.IGNORECASE)
RATIO_NAMES = re.compile(
    r"^(?:throughput|speedup|speed|QPS|acceleration|compression|training|inference)", re.IGNORECASE
)
SPEED = re.compile(r"speed-?ups?|accelerations?", re.IGNORECASE)
APPOSED = re.compile(
    r",\s(?:(?:which|that) (?:is|represents)\s|representing\s|with\s|i\.e\.,?\s|marking\s|or\s)?(?:an?|the)\s$"
)
REACHED = re.compile(rf"{F}\s(?P<np>[^,;:(){Q}]{{2,50}}?)(?:,|--+|—|–)[^;:(){Q}]*$")
WITHIN = re.compile(r"\b(?:within|(?:for )?(?:every|each)) $")
LOOSE = re.compile(r"(?:\w+ )?(?:performance|quality)", re.IGNORECASE)
FASTER = re.compile(r"faster|quicker|slower", re.IGNORECASE)
BY_END = re.compile(r"\bby\s(?:an? )?(?:factor of )?$")
OPEN = re.compile(r"\([^()]*$")
TERMS = re.compile(r"\s?in terms of\s(?P<np>[^;:,]*)", re.IGNORECASE)
LISTING = re.compile(
    r"\b(?:including|namely|with|specifically|i\.e\.,?|e\.g\.,?|such as|of which)\s?,?\s?(?:an? )?$|:\s?(?:an? )?$"
)
SAW = re.compile(
    rf"(?P<np>[^,;:(){Q}]{{2,60}}?)\s?(?::|\b(?:saw|sees|show\w*|achiev\w*|obtain\w*|with|had|has"
    rf"|experienc\w*))\s(?:an? )?$"
)
LEVEL = re.compile(rf"(?P<np>[^,;:(){Q}]*?)\sof\s{F}$")
INSIDE = re.compile(r"\s(?P<np>[^(),;]+)")
NO_LABEL = re.compile(r"by|an?|of|with|i\.e\.,?|e\.g\.,?|up|down|relative|p ?[<=]", re.IGNORECASE)
CHANGE = re.compile(rf"(?:{NOUN}|relative|absolute|{MORE})\b", re.IGNORECASE)
CHANGE_NOUN = re.compile(rf"{NOUN}\b", re.IGNORECASE)
LIFT_END = re.compile(rf"(?<![\w-])(?P<lift>{NOUN})\s?$", re.IGNORECASE)
LAST_VERB = re.compile(rf".*(?<![\w-])(?:{VERB}|halving|doubling|tripling)\s(?=\S)", re.IGNORECASE)
HEAD_METRIC = re.compile(
    rf"(?P<pre>[^,;:(){Q}]*?)\s{NOUN}\s(?:in|on|for|across|at)\s(?:[^;:(){Q}]|\({F}\))*$", re.IGNORECASE
)
VERBS = re.compile(rf"(?<![\w-])(?:{VERB}|loss)(?![\w-])", re.IGNORECASE)
SET_AT = re.compile(r"\b(?:at|with|using|under) (?:an? )?(?:approximate )?$", re.IGNORECASE)
PASSED = re.compile(r"(?:exceed|surpass|outperform|beat)\w*\s$", re.IGNORECASE)
AGAIN = re.compile(r"[\s,]*(?:and|as well as|while|but)?\s?(?:on|in|for|at|across)\s[^,;:()]{1,60}", re.IGNORECASE)
RESTATED = re.compile(r"[\s,]*\((?:i\.e\.,?\s|that is,?\s|up\s|down\s|rising\s|falling\s)?(?:from\s)?$", re.IGNORECASE)
VERB_END = re.compile(rf"(?<![\w-])(?:{VERB})\s$", re.IGNORECASE)
TRAILING = re.compile(rf"(?:\s|:|=|\bby\b|\b(?:{VERB})\b|\b(?:is|was|are|were|of|at|an?|to)\b)+$", re.IGNORECASE)
FIGURE = re.compile(F)
ASIDE = re.compile(
    r"(?:\b(?:an?|of|with|by|to|and|yields?|achieves?|obtains?|gains?|delivers?|brings?|reports?"
    r"|shows?)|,)\s$",
    re.IGNORECASE,
)
OVER = re.compile(r"\s(?:over|above|vs\.?|versus|relative to|compared|against)\b", re.IGNORECASE)
NEXT = re.compile(r"\s?,?\s?(?:and|or|but|while|with|when|than)\s", re.IGNORECASE)
NEAR = 6  # a name stands right behind "higher", give or take an article
