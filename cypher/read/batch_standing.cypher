// batch_standing: entities and aliases that a batch touches, with their counts before it, as one row of two lists.
// $entities  LIST<STRING>  entity keys
// $aliases   LIST<STRING>  alias keys
// ->         entities LIST<LIST>  key, node (element id), kind, kind_source, mentions, first, last (epoch milliseconds
//            or NULL), roles, role_counts, ws
//            aliases LIST<LIST>   key, node (element id), mentions, first, last
// door:      every ingest
// try:       :params {entities: ['9f2c…'], aliases: ['9f2c…']}
CALL () {
  UNWIND $entities AS key
  MATCH (x:Entity {key: key})
  RETURN collect([key, elementId(x), x.kind, x.kind_source, x.mentions, x.first_seen.epochMillis,
                  x.last_seen.epochMillis, x.roles, x.role_counts, x.ws]) AS entities
}
CALL () {
  UNWIND $aliases AS key
  MATCH (a:Alias {key: key})
  RETURN collect([key, elementId(a), a.mentions, a.first_seen.epochMillis, a.last_seen.epochMillis]) AS aliases
}
RETURN entities, aliases
