// board_scan: keys of entities that may be on the boards, in the order of their keys.
// $after  STRING   the last key of the page before, empty for the first
// $limit  INTEGER  rows at most
// $since  INTEGER  epoch milliseconds: only entities seen since then, null for all
// ->      key STRING
// door:   pentad rebuild, pentad sync-trending, pentad check
// try:    :params {after: '', limit: 20, since: null}
MATCH (x:Entity)
WHERE x.key > $after
  AND ($since IS NULL OR x.last_seen >= datetime({epochMillis: $since}))
  AND (EXISTS { (x)<-[:WHO]-() } OR EXISTS { (x)<-[:WHERE]-() })
RETURN x.key AS key
ORDER BY key
LIMIT $limit
