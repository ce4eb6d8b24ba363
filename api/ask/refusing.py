"""Questions that no graph of events answers, told by their form: opinions, and what must be reckoned."""

import re

_OPINION = re.compile(
    r"^\W*(?:should|shall|ought|must)\b|^\W*(?:do|would)\s+you\b"
    r"|^\W*(?:is|are|was|were)\s+it\s+(?:right|fair|good|wrong|wise|just|bad|true|better)\b"
    r"|\b(?:do\s+you\s+(?:think|believe|like|prefer)|in\s+your\s+(?:opinion|view)|your\s+(?:opinion|favou?rite))\b",
    re.IGNORECASE,
)
_SUM = re.compile(
    r"^\W*(?:what|how\s+much)\s+(?:is|are)\s+[\d(][\d\s.,()+*/x×÷^-]*(?:(?:plus|minus|times|divided\s+by)\s*\d+)?\s*\??\s*$"
    r"|\bhow\s+(?:many|much)\s+(?:more|fewer|less|greater|higher|lower)\b.*\bthan\b"
    r"|\b(?:average|median|mean|difference|ratio|sum)\s+(?:number|of|in|between|age|size|toll)\b"
    r"|\b(?:altogether|in\s+total\s+across|all\s+together|combined\s+total)\b",
    re.IGNORECASE,
)

_MAKE = re.compile(
    r"^\W*(?:please\s+)?(?:sing|write|compose|translate|draw|paint|invent|imagine|calculate|compute|solve|pretend)\b(?!ing)",
    re.IGNORECASE,
)


def refused(text: str) -> str:
    """Why a question is not answered, in one sentence; empty for all others."""
    if _OPINION.search(text):
        return "Opinions are not answered: the graph knows what happened, not what should have."
    if _SUM.search(text):
        return "Nothing is reckoned: the graph tells the figures of single events."
    if _MAKE.search(text):
        return "Nothing is made up: the graph tells what happened."
    return ""
