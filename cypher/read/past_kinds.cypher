// past_kinds: what entities of a past time were, stated or guessed: before the first change since then, else as they are.
// $keys   LIST<STRING>    keys of entities that there were
// $at     ZONED DATETIME  the time
// ->      key STRING, kind STRING|NULL (null: it was merged before merges kept kinds)
// door:   any read with identity_at
// try:    :params {keys: ['9f2c…'], at: datetime() - duration('P1D')}
UNWIND $keys AS key
MATCH (a:Alias {key: key})
OPTIONAL MATCH (x:Entity {key: key})
CALL (a) {
  OPTIONAL MATCH (a)<-[:OF]-(c:Change)
  WHERE c.at > $at AND (c.field = 'kind' OR c.field = 'entity' AND a.key IN [c.old, c.new])
  RETURN c ORDER BY c.change LIMIT 1
}
RETURN key, CASE WHEN c IS NULL THEN x.kind WHEN c.field = 'kind' THEN c.old ELSE c.kind END AS kind
