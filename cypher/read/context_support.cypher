// context_support: the newest events up to a time that name some entities, and whether they name one of others, too.
//   What counts are names that stand for themselves, and what a person placed: no placement leads to another.
// $bearers  LIST<STRING>  keys of the entities
// $beside   LIST<STRING>  keys of the others
// $event    STRING        id of an event that does not count
// $ts       INTEGER       epoch milliseconds
// $budget   INTEGER       newest mentions per W and entity that are looked at
// ->        key STRING, events LIST<LIST> of time INTEGER, shared BOOLEAN, each event once
// door:     ingest, for forms that several bear
// try:      :params {bearers: ['9f2c…'], beside: [], event: '', ts: 1700000000000, budget: 200}
UNWIND $bearers AS key
MATCH (x:Entity {key: key})
CALL (x) {
  CALL (x) {
    MATCH (e)-[m:WHO]->(y)
    USING INDEX SEEK m:WHO(kid, ts, id)
    WHERE m.kid = CASE WHEN 'WHO' IN x.ws THEN x.kid END AND m.ts <= $ts AND m.id IS NOT NULL AND y = x
      AND (m.alias0 IS NULL OR m.score IS NULL)
    WITH e, m ORDER BY m.kid DESC, m.ts DESC, m.id DESC LIMIT $budget
    RETURN e
    UNION
    MATCH (e)-[m:WHERE]->(y)
    USING INDEX SEEK m:WHERE(kid, ts, id)
    WHERE m.kid = CASE WHEN 'WHERE' IN x.ws THEN x.kid END AND m.ts <= $ts AND m.id IS NOT NULL AND y = x
      AND (m.alias0 IS NULL OR m.score IS NULL)
    WITH e, m ORDER BY m.kid DESC, m.ts DESC, m.id DESC LIMIT $budget
    RETURN e
  }
  WITH e WHERE e.id <> $event
  RETURN collect([e.ts, EXISTS {
    MATCH (e)-[n:WHO|WHERE]->(o:Entity)
    WHERE o.key IN $beside AND n.closed_at IS NULL AND (n.alias0 IS NULL OR n.score IS NULL)
  }]) AS events
}
RETURN key, events
