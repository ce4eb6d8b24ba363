// watch_keep: a watch as it is from now on: a new one, or one that was changed. Nothing where changes after $since were looked at without it.
// $id     STRING        id of the watch
// $props  MAP           all its properties but n, revision and since
// $since  INTEGER|NULL  changes after this one count, null: as before
// ->      watch MAP, empty where it must be thought anew
// door:   POST /api/watches, PATCH /api/watches/{watch_id}
// try:    MATCH (w:Watch) RETURN w.id, w.name, w.sort, w.n
MATCH (g:Gate {name: 'gate'})
OPTIONAL MATCH (other:Watch {paused: false})
WITH g, count(other) AS active
OPTIONAL MATCH (q:Projection {name: 'watches'})
WITH g, active, q.change AS looked
WHERE $since IS NULL OR active = 0 OR looked IS NULL OR looked <= $since
MERGE (w:Watch {id: $id})
ON CREATE SET w.n = 0, w.revision = 0
SET w += $props, w.revision = w.revision + 1, w.since = coalesce($since, w.since, g.change)
MERGE (p:Projection {name: 'watches'})
// While nobody watches, nothing is looked at.
SET p.change = CASE WHEN active = 0 OR looked IS NULL THEN coalesce($since, g.change) ELSE looked END
RETURN w {.*} AS watch
