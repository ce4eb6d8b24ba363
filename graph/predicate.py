"""What a predicate declares of itself: how many facts may hold at once, and for which end.

Only this decides whether two facts contradict each other; a predicate that declares nothing contradicts nothing.
"""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class Cardinality(StrEnum):
    """How many facts of one scope may hold at one time."""

    ONE = "one"
    MANY = "many"


class Scope(StrEnum):
    """The end that holds one fact at a time: `subject`, a person is born in one place; `object`, a country has one
    president, whoever that is."""

    SUBJECT = "subject"
    OBJECT = "object"


class Predicate(BaseModel):
    """A declared predicate."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    cardinality: Cardinality = Cardinality.MANY
    scope: Scope = Scope.SUBJECT


def _one(scope: Scope, *names: str) -> dict[str, Predicate]:
    return {name: Predicate(name=name, cardinality=Cardinality.ONE, scope=scope) for name in names}


BUILT_IN = {
    **_one(
        Scope.OBJECT,
        *("president_of", "prime_minister_of", "head_of_state_of", "head_of_government_of", "monarch_of"),
        *("governor_of", "mayor_of", "chief_executive_of", "ceo_of", "chair_of", "head_coach_of", "capital_of"),
    ),
    **_one(
        Scope.SUBJECT, "led_by", "headquartered_in", "born_in", "died_in", "buried_in", "married_to", "parent_company"
    ),
}
"""What holds unless the graph's own `Predicate` nodes say otherwise."""
