"""What the batch compares: an alias with where it was told, as Dedupe takes it."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.alias import Alias
from graph.entity import UNSPECIFIED
from graph.keys import Family
from resolution.blocking import ambiguous_form, joined
from resolution.features.vetoes import discriminators_differ
from resolution.names.normalise import normalise

FAMILIES = (Family.PERSON, Family.COLLECTIVE, Family.PLACE)
"""Families that the batch compares; a name of an unspecified kind leans on its typed namesake, by rule."""
Record = dict[str, Any]
"""An alias as Dedupe compares it: `name`, `plain`, `kind`, `company`, `events`; None is missing."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Where a name was told of late: ids of events, and numbers (aid) of the names beside it there."""

    events: tuple[str, ...] = ()
    company: tuple[int, ...] = ()


Scenes = Callable[[Sequence[str]], Mapping[str, Scene]]
"""Scenes of aliases by their keys; those of aliases without a mention may be left out."""


@dataclass(frozen=True, slots=True)
class Subject:
    """An alias and a stamp that changes with its mentions."""

    alias: Alias
    entity: str
    stamp: int


def taken(alias: Alias) -> bool:
    """Whether the batch decides about this name: its kind is compared and it identifies by itself."""
    if alias.family not in FAMILIES:
        return False
    return ambiguous_form(normalise(alias.name, alias.family), alias.family) is None


def may_meet(one: Alias, other: Alias) -> bool:
    """Whether two names may be one thing at all: what is stated of them does not clash, and they are not namesakes,
    which only rules and persons join."""
    return one.normalised != other.normalised and not discriminators_differ(one.discriminator, other.discriminator)


def record_of(alias: Alias, scene: Scene) -> Record:
    """The alias as Dedupe compares it."""
    return {
        "name": alias.name,
        "plain": joined(alias.normalised),
        "kind": None if alias.kind == UNSPECIFIED else alias.kind,
        "company": scene.company or None,
        "events": scene.events or None,
    }


def stamp_of(*told: object) -> int:
    """A number below 2^62 that changes with what is told."""
    digest = hashlib.blake2b(repr(told).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 2
