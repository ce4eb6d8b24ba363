"""`python -m resolution.fitting.news --data DIR`: mentions of news texts linked to a base of entities.

DIR holds `news_mentions.csv.gz` (doc, n, mention, type, entity_id, entity). The base holds each entity once, under its
one name. Prints precision, recall and F1 of linking a mention to its entity, for each kind, in two ways: `open`, each
document one event, resolved as ingest would (with the share of mentions that a person would be asked about), and
`closed`, as a base of one's own (`resolution.linking`).
"""

import argparse
from collections import Counter
from itertools import groupby
from pathlib import Path

from graph.alias import Alias
from graph.keys import W
from graph.mention import Mention
from resolution.fitting.data import rows_of
from resolution.index import AliasIndex
from resolution.linking import link
from resolution.matching import FAMILIES
from resolution.names.normalise import normalise
from resolution.resolver import BatchResolver

Row = dict[str, str]


def main() -> None:
    """Reads, resolves and tells."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--missed", type=int, default=0, help="Also tell so many wrong or missing links of each kind.")
    asked = parser.parse_args()
    path = asked.data / "news_mentions.csv.gz"
    if not path.exists():
        parser.error(f"{path} is not there")
    rows = rows_of(path)
    index = _base(rows)
    linked, review = _openly(index, rows)
    _tell("open", rows, linked, asked.missed)
    for kind in sorted({row["type"] for row in rows}):
        share = [row in review for row in map(id, (row for row in rows if row["type"] == kind))]
        print(f"open, {kind}: sent to review {sum(share) / len(share):.3f}")  # noqa: T201 - a command's answer
    _tell("closed", rows, _closed(index, rows), asked.missed)


def _tell(way: str, rows: list[Row], linked: list[str | None], missed: int) -> None:
    for kind in sorted({row["type"] for row in rows}):
        told = [(row, found) for row, found in zip(rows, linked, strict=True) if row["type"] == kind]
        right = sum(row["entity_id"] == found for row, found in told)
        said = sum(found is not None for _, found in told)
        precision, recall = right / max(said, 1), right / len(told)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        print(  # noqa: T201 - a command's answer
            f"{way}, {kind}: {len(told)} mentions, precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}"
        )
        wrong = Counter((row["mention"], row["entity"], found) for row, found in told if row["entity_id"] != found)
        for (mention, entity, found), times in wrong.most_common(missed):
            print(f"  {times} x {mention!r} is {entity!r}, linked to {found}")  # noqa: T201


def _openly(index: AliasIndex, rows: list[Row]) -> tuple[list[str | None], set[int]]:
    """Identifier of the entity that each mention is linked to, None where it is linked to none; and which rows (by id)
    have a name that was left unsure."""
    known = _identifiers(index)
    linked: list[str | None] = []
    review = set[int]()
    for doc, of_doc in groupby(rows, key=lambda row: row["doc"]):
        told = list(of_doc)
        resolver = BatchResolver(index, 2)
        found = resolver.event(doc, [_mention(row, nth) for nth, row in enumerate(told)])
        linked += [known.get(one.entry.entity) for one in found]
        unsure = resolver.outcome.unsure
        review |= {id(row) for row, one in zip(told, found, strict=True) if one.entry.alias.key in unsure}
        index.undo()
    return linked, review


def _closed(index: AliasIndex, rows: list[Row]) -> list[str | None]:
    known = _identifiers(index)
    linked: list[str | None] = []
    for _, of_doc in groupby(rows, key=lambda row: row["doc"]):
        names = [(row["mention"], FAMILIES[row["type"]]) for row in of_doc]
        linked += [known.get(found.entry.entity) if found else None for found in link(index, names)]
    return linked


def _identifiers(index: AliasIndex) -> dict[str, str]:
    return {
        entry.entity: entry.alias.discriminator.removeprefix("wikidata:").upper() for entry in index.by_key.values()
    }


def _base(rows: list[Row]) -> AliasIndex:
    """Each entity once, known by its identifier."""
    index = AliasIndex()
    names = {row["entity_id"]: (row["entity"], FAMILIES[row["type"]], row["type"]) for row in rows}
    for born, (identifier, (name, family, kind)) in enumerate(names.items()):
        taken = normalise(name, family)
        stated = kind if kind != "place" else "region"
        alias = Alias.of(name, taken.normalised, family, f"wikidata:{identifier.casefold()}", stated, born)
        index.add(alias, alias.key)
    index.settle(1)
    return index


def _mention(row: Row, nth: int) -> Mention:
    family = FAMILIES[row["type"]]
    name = normalise(row["mention"], family)
    kind = row["type"] if row["type"] != "place" else "region"
    return Mention(
        W.WHERE if kind == "region" else W.WHO, row["mention"], "", nth, family, name.normalised, name.qualifier, kind,
        row["mention"],
    )  # fmt: skip


if __name__ == "__main__":
    main()
