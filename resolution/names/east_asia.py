"""What East Asian names sound like whichever romanisation writes them: Kim, Gim; Tsai, Cai; Ki-moon, Gimun.

The customs differ in which letters write a sound, rarely in which sounds there are, so signs that different customs
give one sound are made one: for Hangul the Revised and the McCune-Reischauer way and what people write on passports,
for Han Pinyin, Wade-Giles and what Taiwan writes. Rough on purpose: to be asked only where one name is in those signs.
"""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from resolution.names.scripts import LATIN, latin

SIGNS = frozenset({"han", "hangul"})
"""Scripts that write a given name as one word."""
LONGEST = 18
"""Letters of the longest Latin name that is looked at as one of these."""
_FAMILIES = {
    "hangul": (
        "김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우민진"
        "엄채원천방공현함변여추도석선설마길연위표명기반왕금옥육인맹제모탁국은편용예경봉태"
        "목형"
    ),
    "han": (
        "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡"
        "余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯"
        "龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤习温连柯洪游翁庄詹施简"
    ),
}
"""The family names that most people bear, one sign each."""
_DOUBLED = re.compile(r"(.)\1+")
_KOREAN_SURNAMES = (
    dict.fromkeys(("lee", "yi", "rhee", "ri", "li"), "i")
    | dict.fromkeys(("ryu", "ryoo", "lyu"), "yu")
    | {"park": "pak", "noh": "no", "roh": "no", "lim": "im", "rim": "im", "wu": "u"}
)
_KOREAN = (
    *(("woo", "u"), ("yeo", "yo"), ("eo", "o"), ("eu", "o"), ("oo", "o"), ("ou", "o"), ("ae", "e"), ("ai", "e")),
    ("oe", "e"),
    *(("oi", "e"), ("ui", "i"), ("ee", "i"), ("u", "o"), ("sh", "s"), ("sy", "s"), ("ch", "j"), ("z", "j")),
    *(("kk", "k"), ("g", "k"), ("d", "t"), ("b", "p"), ("r", "l"), ("h", "")),
)
_CHINESE = (
    *(("ng", "N"), ("hs", "s"), ("tsz", "z"), ("tz", "z"), ("ts", "z"), ("zh", "j"), ("ch", "j"), ("sh", "s")),
    *(("q", "j"), ("x", "s"), ("c", "z"), ("ien", "ian"), ("uN", "oN"), ("uei", "ui"), ("ee", "i"), ("oo", "u")),
    *(("yi", "i"), ("wu", "u"), ("w", "u"), ("y", "i"), ("ih", "i"), ("eh", "e"), ("d", "t"), ("g", "k"), ("b", "p")),
)


@lru_cache(maxsize=50_000)
def east_asian(word: str, script: str) -> str:
    """The sound of a word in small Latin letters, as the customs for names in this script (`han`, `hangul`) have in
    common; empty for other scripts."""
    if script == "hangul":
        word = _KOREAN_SURNAMES.get(word, word)
    customs = {"hangul": _KOREAN, "han": _CHINESE}.get(script, ())
    for written, said in customs:
        word = word.replace(written, said)
    return _DOUBLED.sub(r"\1", word) if customs else ""


def east_asian_keys(texts: Sequence[str], script: str) -> list[str]:
    """Keys under which a name in these signs and its Latin writings are found together. `texts` are its words in small
    Latin letters; in signs the family name stands first, in Latin first or last, and has to be a known one."""
    if len(texts) < 2:
        return []
    if script in SIGNS:
        return [_key(texts[0], texts[1:], script)]
    if script != LATIN or len(texts) > 4 or sum(map(len, texts)) > LONGEST:
        return []
    return [
        _key(family, given, custom)
        for custom in sorted(SIGNS)
        for family, given in ((texts[0], texts[1:]), (texts[-1], texts[:-1]))
        if east_asian(family, custom) in _families()[custom]
    ]


def _key(family: str, given: Sequence[str], script: str) -> str:
    return f"e|{script}|{east_asian(family, script)} {east_asian(''.join(given), script)}"


@cache
def _families() -> dict[str, frozenset[str]]:
    return {script: frozenset(east_asian(latin(sign), script) for sign in signs) for script, signs in _FAMILIES.items()}
