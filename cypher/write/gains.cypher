// gains: what a batch adds to the counts of the entities and aliases that were there before it. NULL leaves as it is.
// $entities  LIST<MAP>  node (element id), mentions, first, last (epoch milliseconds or NULL),
//                       roles, role_counts, ws (each a list in a list, or NULL)
// $aliases   LIST<MAP>  node (element id), mentions, first, last (epoch milliseconds or NULL)
// ->         entities INTEGER, aliases INTEGER
// door:      every ingest
// try:       MATCH (x:Entity) RETURN x.name, x.mentions, x.roles ORDER BY x.mentions DESC LIMIT 10
CALL () {
  UNWIND $entities AS row
  MATCH (x)
  WHERE elementId(x) = row.node
  SET x.mentions = row.mentions
  FOREACH (at IN row.first | SET x.first_seen = datetime({epochMillis: at}))
  FOREACH (at IN row.last | SET x.last_seen = datetime({epochMillis: at}))
  FOREACH (counts IN row.role_counts | SET x.role_counts = counts)
  FOREACH (roles IN row.roles | SET x.roles = roles)
  FOREACH (ws IN row.ws | SET x.ws = ws)
  RETURN count(x) AS entities
}
CALL () {
  UNWIND $aliases AS row
  MATCH (a)
  WHERE elementId(a) = row.node
  SET a.mentions = row.mentions
  FOREACH (at IN row.first | SET a.first_seen = datetime({epochMillis: at}))
  FOREACH (at IN row.last | SET a.last_seen = datetime({epochMillis: at}))
  RETURN count(a) AS aliases
}
RETURN entities, aliases
