// changes: what was committed after a change number, oldest first, with the decisions made in each change.
// $after  INTEGER|NULL  the last change number that is known, null: from the oldest that is kept
// $limit  INTEGER       changes at most
// ->      change INTEGER, at ZONED DATETIME, payload STRING (JSON, see docs/graph.md "Outbox"), deeds LIST<MAP> of deed, decision, a, b (alias keys)
// door:   GET /api/changes
// try:    :params {after: 0, limit: 20}
MATCH (o:Outbox)
WHERE o.change > coalesce($after, -1)
WITH o ORDER BY o.change LIMIT $limit
CALL (o) {
  MATCH (j:Judgement)
  WHERE j.change = o.change AND j.deed IN ['merge', 'split']
  RETURN collect({deed: j.deed, decision: j.decision, a: j.a, b: j.b}) AS deeds
}
RETURN o.change AS change, o.at AS at, o.payload AS payload, deeds ORDER BY change
