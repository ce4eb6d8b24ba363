// watches: all watches in the order of their ids, or one.
// $id     STRING|NULL  this one
// $after  STRING       the last id seen, '' at first
// $limit  INTEGER      rows at most
// ->      watch MAP (all properties)
// door:   GET /api/watches, GET /api/watches/{watch_id}
// try:    :params {id: null, after: '', limit: 20}
MATCH (w:Watch)
WHERE w.id > $after AND ($id IS NULL OR w.id = $id)
RETURN w {.*} AS watch ORDER BY w.id LIMIT $limit
