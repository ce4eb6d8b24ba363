"""Why a content is in somebody's feed, in the languages of readers."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from graph.errors import InvalidInput

NAMED = 3
"""Entities that one reason names at most."""

_WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "en": {
            "because": "Recommended because you often read about: {}",
            "entity": "Interest: {}",
            "theme": "Theme you chose: {}",
            "source": "Source you follow: {}",
            "topic": "Topic you chose: {}",
            "reliable": "Reliable source: {}",
        },
        "fr": {
            "because": "Recommandé car vous lisez souvent sur : {}",
            "entity": "Centre d'intérêt : {}",
            "theme": "Thème choisi : {}",
            "source": "Source suivie : {}",
            "topic": "Sujet choisi : {}",
            "reliable": "Source fiable : {}",
        },
        "es": {
            "because": "Recomendado porque sueles leer sobre: {}",
            "entity": "Interés: {}",
            "theme": "Temática elegida: {}",
            "source": "Fuente seguida: {}",
            "topic": "Asunto elegido: {}",
            "reliable": "Fuente fiable: {}",
        },
        "zh": {
            "because": "为您推荐，因为您常阅读：{}",
            "entity": "兴趣：{}",
            "theme": "所选主题：{}",
            "source": "关注的来源：{}",
            "topic": "所选话题：{}",
            "reliable": "可靠来源：{}",
        },
        "pt": {
            "because": "Recomendado porque você lê com frequência sobre: {}",
            "entity": "Interesse: {}",
            "theme": "Tema escolhido: {}",
            "source": "Fonte seguida: {}",
            "topic": "Assunto escolhido: {}",
            "reliable": "Fonte confiável: {}",
        },
    }
)
_BETWEEN = {"zh": "、"}


def said(language: str, sort: str, names: Sequence[str]) -> str:
    """The reason of a sort (entity, theme, source, topic, reliable, or because) in a language, with at most three
    names. Raises InvalidInput for a language that is not there."""
    words = _WORDS.get(language)
    if words is None:
        raise InvalidInput(f"is one of {', '.join(_WORDS)}", "lang")
    return words[sort].format(_BETWEEN.get(language, ", ").join(names[:NAMED]))
