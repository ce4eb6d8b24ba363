"""The templates: which shape a question has, by its own words (English, and the question words of French)."""

import re
from dataclasses import replace

from api.ask.question import Shape, Slot, Template

_I = re.IGNORECASE
_A, _B = r"(?P<one>.+?)", r"(?P<other>.+?)"
_END = r"\s*[?.!]*\s*$"
_THING = r"(?:who|what|which\s+[\w-]+|whom|qui|quoi)"
_TIE = r"(?:connect|link|relat|reli|tie|associat|join|bridg)"

_CONNECTIONS = tuple(
    re.compile(text, _I)
    for text in (
        rf"\b{_THING}\s+(?:all\s+|it\s+is\s+that\s+)?(?:{_TIE}\w*|stands?"
        rf"|sits?)\s+(?:up\s+)?(?:between\s+)?{_A}\s+(?:and|to|with|et|à)\s+{_B}{_END}",
        rf"\bhow\s+(?:is|are|was|were|does|do|did|can|could"
        rf"|might)\s+{_A}\s+(?:be\s+)?{_TIE}\w*\s+(?:up\s+)?(?:to|with)\s+{_B}{_END}",
        rf"\bhow\s+(?:is|are|was|were|do|does)\s+{_A}\s+and\s+{_B}\s+{_TIE}\w*(?:\s+(?:to\s+each\s+other"
        rf"|with\s+each\s+other|together|up))?{_END}",
        rf"\b(?:connections?|links?|paths?|relationships?|relations?|ties?|chains?|routes?|bridges?"
        rf"|lien)\b[\w\s]{{0,30}}?\b(?:between|from|entre|connecting|joining|of)\s+{_A}\s+(?:and|to|with|et"
        rf"|à)\s+{_B}{_END}",
        rf"\bwhat\s+do\s+{_A}\s+and\s+{_B}\s+(?:have\s+in\s+common|share){_END}",
        rf"\b(?:through|via|by)\s+(?:whom|what|which\s+\w+)\s+(?:is|are|was|were)\s+{_A}\s+(?:and"
        rf"|{_TIE}\w*\s+(?:to|with))\s+{_B}(?:\s+{_TIE}\w*)?{_END}",
        rf"\b(?:is|are|was|were)\s+{_A}\s+(?:in\s+any\s+way\s+|somehow\s+)?{_TIE}\w*\s+(?:to|with)\s+{_B}{_END}",
        rf"\bwho\s+(?:is|was)\s+(?:the\s+)?(?:link|go-between|middleman|intermediary"
        rf"|common\s+\w+)\s+(?:between|of)\s+{_A}\s+and\s+{_B}{_END}",
        rf"\bwho\s+(?:do|did)\s+(?:both\s+)?{_A}\s+and\s+{_B}\s+(?:both\s+)?(?:know|have\s+in\s+common){_END}",
        rf"\bwho\s+(?:is|was|has\s+been)\s+(?:named|mentioned)\s+with\s+both\s+{_A}\s+and\s+{_B}{_END}",
    )
)
_OFTEN = r"(?:\s+(?:most|often|frequently|mostly|usually|together|along|else))*"
_COMPANY = re.compile(
    rf"\b(?:who|what|which\s+\w+)(?:\s+else)?\s+(?:is|are|was|were|has\s+been|gets?"
    rf"|appears?){_OFTEN}\s+(?:(?:named|mentioned|seen|listed|reported|appearing|in\s+the\s+news){_OFTEN}\s+)?"
    rf"(?:with|alongside|beside|next\s+to)\s+(?P<one>.+?){_END}"
    rf"|\bwith\s+(?:whom|what|which\s+\w+)\s+(?:is|are|was|were|has|does)\s+(?P<two>.+?){_OFTEN}\s+(?:named"
    rf"|mentioned|seen|appear|been\s+named|in\s+the\s+news){_OFTEN}{_END}"
    rf"|\bco-?mentions?\s+(?:of|for|with)\s+(?P<three>.+?){_END}",
    _I,
)
_TRENDING = re.compile(
    r"\btrend(?:s|ing|ed)?\b|\b(?:most|more|often)\s+(?:in\s+the\s+news|mentioned|talked[\s-]about|prominent"
    r"|newsworthy|discussed|named|popular)\b"
    r"|\bmak(?:e|es|ing)\s+(?:the\s+)?(?:news|headlines)\b|\bdominat\w+\s+the\s+(?:news|headlines)\b"
    r"|\bin\s+the\s+news\s+(?:the\s+)?most\b"
    r"|\b(?:top|hottest|biggest)\s+(?:names?|entit\w+|topics?|stor\w+)\b|\bin\s+the\s+headlines\b"
    r"|\btendances?\b|\bhot\s+(?:right\s+now|topics?)\b",
    _I,
)
_TREND_WORDS = re.compile(
    _TRENDING.pattern
    + r"|\b(?:what|who|which|why|and|is|are|was|were|it|they|the|most|so|board|entit\w+|names?|things?|on"
    r"|explain|did|does|do|has|have|been|be|currently|then|news|of)\b",
    _I,
)
_KINDS = {
    "person": r"people|persons?|individuals?|politicians?|personnes?", "country": r"countr(?:y|ies)|nations?|pays",
    "organization": r"organi[sz]ations?|compan(?:y|ies)|firms?|organisations?", "city": r"cit(?:y|ies)|villes?",
    "region": r"regions?|provinces?", "government": r"governments?", "facility": r"facilit(?:y|ies)",
}  # fmt: skip
_CHANGES = re.compile(
    r"\bwhat(?:'s|’s|\s+has|\s+have|\s+is|\s+was)?\s+(?:been\s+)?(?:changed|changes?|new"
    r"|different)\b(?:\s+(?:is\s+there|are\s+there))?"
    r"|\b(?:any|the\s+latest|recent|what|which)?\s*(?:updates?|developments?|changes?)\b"
    r"|\bwhat\s+has\s+(?:happened|become|developed)\b"
    r"|\bhow\s+(?:has|have|did)\s+(?:things|the\s+situation|it)\s+(?:changed?|develop(?:ed)?|evolved?)\b"
    r"|\bhas\s+anything\s+(?:changed|happened)\b|\banything\s+(?:new|different)\b"
    r"|\bqu['’]est-ce\s+qui\s+a\s+changé\b",
    _I,
)
_TIMELINE = re.compile(
    r"\b(?:time\s*line|chronology|chronicle|history|sequence\s+of\s+events|chain\s+of\s+events|chronologie"
    r"|story\s+so\s+far)\b(?:\s+(?:of|for|about|on|de|du))?"
    r"|\bwhat(?:\s+all)?\s+(?:happened|occurred|went\s+on|took\s+place|was\s+going\s+on|was\s+reported"
    r"|were\s+the\s+events|has\s+happened)\b"
    r"|\bwhat\s+(?:did|does|do|has|have|had|was|were|is)\s+(?P<one>.+?)\s+(?:do|done"
    r"|doing(?=\s*(?:[?.,]|$|in\b|on\b|at\b|during\b|between\b|before\b|after\b|there\b))|up\s+to|experience"
    r"|go\s+through|involved\s+in|been\s+doing)\b(?!\s+(?:to|with|about|against)\s+\S)"
    r"|\b(?:list|show|give|enumerate)\b.{0,20}?\b(?:events?|everything|all)\b(?:\s+(?:of|about|involving"
    r"|concerning|with|for|that\s+\w+|in\s+which))?"
    r"|\b(?:everything|all\s+(?:events?|news|that))\s+(?:about|on|of|involving|concerning|that\s+happened)\b"
    r"|\bwhat\s+(?:is|do\s+(?:we|you)|can\s+you|was|(?:has|have)\s+been)\s+(?:known|know|tell\s+(?:me|us)|reported|said"
    r"|heard)\s+(?:about|of|on)\b|\btell\s+(?:me|us)\s+(?:all\s+)?about\b"
    r"|\b(?:which|what)\s+events?\b|\bwho\s+(?:is|was|are"
    r"|were)\s+(?P<other>(?:the\s+)?(?-i:[A-ZÀ-Þ])[^?]*?)(?=\s*\??\s*$)|\bque\s+s['’]est-il\s+passé\b"
    r"|\bqu['’]a\s+fait\b"
    r"|\bwhat\s+(?:was|were)\s+(?P<third>.+?)\s+(?:involved|mentioned|named)\s+in\b|\bsumm?ari[sz]e\b"
    r"|\bin\s+what\s+events?\b",
    _I,
)
_CAUSE = re.compile(
    r"^\W*(?:and\s+|so\s+|but\s+)?(?:why|how\s+come|pourquoi)\b|\bfor\s+(?:what|which)\s+reasons?\b"
    r"|\bwhat\s+(?:is|was|were|are)\s+(?:the\s+)?(?:\w+\s+)?(?:reasons?|causes?|motives?|explanation"
    r"|grounds)\s*(?:that|why|for|of|behind)?"
    r"|\bwhat\s+(?:\w+\s+){0,2}?(?:caused|led\s+(?:up\s+)?to|brought\s+about|triggered|sparked|prompted"
    r"|provoked|explains|made)\b|\bwhat\s+(?:is|was|lay|lies)\s+behind\b"
    r"|\bbecause\s+of\s+what\b|\b(?:reason|cause|motive)s?\s+(?:for|of|behind|given)\b|\bwhat\s+(?:motivated"
    r"|drove)\b|,?\s*\band\s+why\s*\?*\s*$|\bon\s+what\s+grounds\b|\bwhat\s+for\b"
    r"|\b(?:root|ultimate|underlying|original)\s+cause\s+of\b|\bdue\s+to\s+what\b|\bexplain\s+why\b|\bwhy\s*\?\s*$",
    _I,
)
_CONSEQUENCE = re.compile(
    r"\bwhat\s+(?:came|grew|followed|resulted|emerged|arose|flowed)\s+(?:out\s+)?(?:of|from)\b|\bwhat\s+(?:did"
    r"|does|has|have)\s+(?P<one>.+?)\s+(?:lead\s+to|led\s+to|cause|caused|result\s+in|bring\s+about|trigger"
    r"|set\s+off|provoke|spark)\b"
    r"|\b(?:what|which|list|name|tell|show).*?\b(?:consequences?|effects?|results?|outcomes?|aftermath|fallout"
    r"|repercussions?|after-effects)\s+(?:of|from|did)\b|^\W*(?:the\s+)?(?:consequences?|effects?|outcomes?"
    r"|aftermath|fallout)\s+of\b"
    r"|\bwhat\s+(?:\w+\s+){0,3}?(?:because(?:\s+of)?|as\s+a\s+(?:result|consequence)\s+of|due\s+to"
    r"|in\s+consequence\s+of|owing\s+to)\b|\bas\s+a\s+(?:result|consequence)\s+of\b(?=.*\bwhat\b)"
    r"|\bwhat\s+(?:was|were|events?\s+were)\s+(?:\w+\s+)?(?:caused|triggered|sparked|prompted)\s+by\b"
    r"|\bhow\s+did\s+(?P<other>.+?)\s+(?:turn\s+out|play\s+out|end)\b|\bwhat\s+followed\b"
    r"|\bwhere\s+did\s+.+?\s+lead\b",
    _I,
)
_DEEP = re.compile(
    r"\b(?:root|ultimate(?:ly)?|underlying|original(?:ly)?|in\s+the\s+(?:end|first\s+place)|chain"
    r"|eventual(?:ly)?|whole|all\s+the\s+way|led\s+up|step\s+by\s+step|everything|indirect(?:ly)?)\b",
    _I,
)
_SLOTS = (
    (
        Slot.HOW_MANY,
        re.compile(
            r"\bhow\s+(?:many|much|large|big|long|old|far|high|fast|strong|often|few)\b|\bwhat\s+(?:number"
            r"|amount|percentage|share|magnitude|price)\b|\bcombien\b",
            _I,
        ),
    ),
    (
        Slot.WHY,
        re.compile(
            r"\bwhy\b|\bpourquoi\b",
            _I,
        ),
    ),
    (
        Slot.WHO,
        re.compile(
            r"\b(?:who|whom|whose|qui)\b|\bwhich\s+(?:person|man|woman|politician|company|organi[sz]ation"
            r"|group|team|player|leader|minister|official)\b",
            _I,
        ),
    ),
    (
        Slot.WHERE,
        re.compile(
            r"\b(?:where|où)\b|\b(?:in|at|to|from|near)\s+(?:which|what)\s+\w+|\b(?:which|what)\s+(?:city"
            r"|country|town|place|region|province|state|village|port|airport|venue)\b",
            _I,
        ),
    ),
    (
        Slot.WHEN,
        re.compile(
            r"\bwhat\s+(?:is|was|were)\s+the\s+(?:date|day|year|month|time)\b|"
            r"\b(?:when|quand)\b|\b(?:on|in)?\s*(?:what|which)\s+(?:date|day|year|month|time)\b",
            _I,
        ),
    ),
    (
        Slot.WHAT,
        re.compile(
            r"\b(?:what|which|que|quel\w*|how)\b",
            _I,
        ),
    ),
)
_PLURAL = re.compile(
    r"\b(?:which|what)\s+(?:\w+\s+){0,2}?(?!news\b|was\b|is\b|has\b|does\b|us\b|process\b"
    r"|this\b)[a-z]{3,}(?<!s)s\b(?!\s+(?:the|a|an)\b)|\b(?:list|all|every|each)\b|\bhow\s+(?:many\s+(?:times"
    r"|events|incidents)|often)\b|\bwhat\s+kinds?\s+of\b",
    _I,
)
_ORDER = re.compile(r"\b(?:(?P<first>first|earliest)|(?P<last>last|latest|most\s+recent(?:ly)?|newest))\b", _I)


def shape_of(text: str) -> Shape:
    """The shape of a question whose times are blanked."""
    slot = next((slot for slot, pattern in _SLOTS if pattern.search(text)), Slot.WHETHER)
    deep = bool(_DEEP.search(text))
    for pattern in _CONNECTIONS:
        if match := pattern.search(text):
            return Shape(Template.CONNECTION, Slot.WHO, text, _argument(match["one"]), _argument(match["other"]))
    if match := _COMPANY.search(text):
        told = match["one"] or match["two"] or match["three"]
        return Shape(Template.COMPANY, Slot.WHO, text, _argument(told))
    if _TRENDING.search(text):
        kind = next((kind for kind, words in _KINDS.items() if re.search(rf"\b(?:{words})\b", text, _I)), None)
        kinds = "|".join(_KINDS.values())
        body = re.sub(rf"\b(?:{kinds})\b", "", _blank(_TREND_WORDS, text), flags=_I)
        return Shape(Template.TRENDING, slot, body, kind=kind)
    found = Shape(Template.EVENT, slot, text, deep=deep, many=bool(_PLURAL.search(text)), order=_order(text))
    if match := _CONSEQUENCE.search(text):
        body = match["one"] or match["other"] or _without(text, match)
        return replace(found, template=Template.CONSEQUENCE, body=body)
    if match := _CAUSE.search(text):
        return replace(found, template=Template.CAUSE, slot=Slot.WHY, body=_without(text, match))
    if match := _TIMELINE.search(text):
        if "happened" in match[0] and re.match(r"\s+when\b", text[match.end() :], _I):
            return replace(found, slot=Slot.WHAT, body=_without(text, match))
        kept = match["one"] or match["other"] or match["third"]
        body = text if kept else _without(text, match)
        if kept:
            body = " " * match.start() + kept + text[match.end() :]
        return replace(found, template=Template.TIMELINE, body=body, many=not found.order)
    if match := _CHANGES.search(text):
        return replace(found, template=Template.CHANGES, body=_without(text, match), many=True)
    return found


def _order(text: str) -> str:
    match = _ORDER.search(text)
    return "" if match is None else "first" if match["first"] else "last"


def _argument(text: str) -> str:
    return re.sub(r"^(?:both|the|le|la)\s+", "", text.strip(" ,?.!'\"’“”"), flags=_I)


def _without(text: str, match: re.Match[str]) -> str:
    return text[: match.start()] + " " * (match.end() - match.start()) + text[match.end() :]


def _blank(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda match: " " * len(match[0]), text)
