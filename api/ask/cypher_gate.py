"""What a query of a language model must be before the graph sees it: one bounded reading of a few known clauses.

Read mode alone is not enough: it lets LOAD CSV, SHOW, TERMINATE and procedures through (measured on Neo4j 2026.08). So
only words of a short list are let through; whatever is not known is refused, and nothing is mended.
"""

import re
from typing import LiteralString, cast

from graph.errors import InvalidInput
from graph.queries import Statement

LENGTH = 2_000
ROWS = 100
HOPS = 4
"""Steps of a variable-length pattern at most."""
SECONDS = 5.0
_KEYWORDS = frozenset(
    "match optional where with return order by skip limit unwind distinct as and or xor not in starts ends contains is"
    " null case when then else end asc ascending desc descending true false exists count collect all any none single"
    " union".split()
)
_FUNCTIONS = frozenset(
    "tolower toupper trim size coalesce labels type id elementid keys head last abs round floor ceil min max sum avg"
    " count collect date datetime localdatetime duration tostring tointeger tofloat substring left right split"
    " startnode endnode nodes relationships length exists any all none single date.truncate datetime.truncate".split()
)
_REFUSED = frozenset(
    "create merge set delete detach remove drop foreach load csv call yield show terminate use grant deny revoke alter"
    " start stop enable rename transactions profile explain insert finish let filter for next deallocate dryrun reduce"
    " range apoc gds dbms db fieldterminator headers file http https".split()
)
_STRING = re.compile(r"'(?:[^'\\]|\\['\"\\nrt])*'|\"(?:[^\"\\]|\\['\"\\nrt])*\"")
_WORD = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")
_OPENS = re.compile(r"\s*\(")
_STAR = re.compile(r"\*\s*(?:(\d+)\s*)?(?:(\.\.)\s*(\d+)?)?")


def passed(text: str) -> Statement:
    """The statement, with a bound on its rows. Raises InvalidInput with the reason for all that is not known to be
    harmless."""
    query = text.strip()
    if len(query) > 2 * LENGTH:
        raise InvalidInput(f"has 1 to {LENGTH} characters", "query")
    if query.startswith("```"):
        query = re.sub(r"^```\w*\s*|\s*```$", "", query).strip()
    if len(query) > LENGTH or not query:
        raise InvalidInput(f"has 1 to {LENGTH} characters", "query")
    if re.search(r"[`;$]|//|/\*|\\u|\{\s*\d*\s*,|[^\x09\x0a\x0d\x20-\x7e\u00a0-\uffff]", query):
        raise InvalidInput("holds a mark that no such query needs", "query")
    bare = _STRING.sub(" '' ", query)
    if re.search(r"['\"]", bare.replace("''", "")):
        raise InvalidInput("has a string that does not end", "query")
    words = [word.lower() for word in _WORD.findall(bare)]
    refused = sorted({part for word in words for part in word.split(".")} & _REFUSED)
    if refused:
        raise InvalidInput(f"has {', '.join(refused)}", "query")
    _functions(bare)
    _patterns(bare)
    return Statement("ask/model", cast(LiteralString, _bounded(query, bare)))


def _functions(bare: str) -> None:
    for word in _WORD.finditer(bare):
        name = word[0]
        low = name.lower()
        if _OPENS.match(bare, word.end()) and low not in _FUNCTIONS and low not in _KEYWORDS:
            raise InvalidInput(f"calls {name}", "query")


def _patterns(bare: str) -> None:
    """Patterns of known length, few of them: what may be long is what takes long."""
    if re.search(r"\)\s*[+*{]|\]\s*-?>?\s*[+*{]|shortest|(?i:\ball\s+shortest\b)", bare):
        raise InvalidInput("has a pattern that may be of any length", "query")
    for inside in re.findall(r"\[([^\]]*\*[^\]]*)\]", bare):
        if re.search(r"\w\s*\*\s*\w", inside) and ":" not in inside:
            continue  # A product in a list.
        match = _STAR.search(inside)
        upper = match and (match[3] if match[2] else match[1])
        if not upper or int(upper) > HOPS:
            raise InvalidInput(f"walks more than {HOPS} steps", "query")
    if len(re.findall(r"\bmatch\b", bare, re.IGNORECASE)) > 4 or bare.count("(") > 60:
        raise InvalidInput("asks for too much at once", "query")


def _bounded(query: str, bare: str) -> str:
    if len(re.findall(r"\breturn\b", bare, re.IGNORECASE)) != 1 or re.search(r"\bunion\b", bare, re.IGNORECASE):
        raise InvalidInput("has one RETURN", "query")
    if not re.match(r"\s*+(?:optional\s++)?(?:match|unwind|with)\b", bare, re.IGNORECASE):
        raise InvalidInput("begins with MATCH", "query")
    last = re.split(r"\breturn\b", bare, flags=re.IGNORECASE)[-1]
    limit = re.search(r"\blimit\s+(\S+)\s*$", last, re.IGNORECASE)
    if re.search(r"\blimit\b", last, re.IGNORECASE) and limit is None:
        raise InvalidInput("ends with its LIMIT", "query")
    if limit is None:
        return f"{query}\nLIMIT {ROWS}"
    if not limit[1].isdigit() or int(limit[1]) > ROWS:
        raise InvalidInput(f"has more than {ROWS} rows", "query")
    return query
