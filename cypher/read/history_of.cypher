// history_of: what became of one entity, newest first: changes, moves of its names, judgements on pairs of its names and others, made and taken back.
// $key    STRING        key of any alias it ever had, 64 hex digits
// $ts     INTEGER|NULL  the page after the row of this time (epoch milliseconds) …
// $id     STRING|NULL   … and this id
// $limit  INTEGER       rows at most, 1..201
// ->      key STRING, name STRING, kind STRING, rows LIST<MAP> of ts, id, sort, by, cause, field, old, new, alias, alias_key, other, other_key, score, change
// door:   GET /api/entities/{key}/history
// try:    :params {key: '9f2c…', ts: null, id: null, limit: 20}
MATCH (:Alias {key: $key})-[:NAMES]->(x:Entity)
CALL (x) {
  CALL (x) {
    MATCH (x)<-[:NAMES]-(a:Alias)<-[:OF]-(c:Change)
    WITH a, c, c.at.epochMillis AS ts, c.id AS id
    WHERE $ts IS NULL OR ts < $ts OR (ts = $ts AND id < $id)
    RETURN {sort: CASE WHEN c.field = 'entity' THEN 'move' WHEN c.field IN ['merge', 'split', 'conflict', 'placed'] THEN c.field
                  ELSE 'change' END, by: c.by, cause: c.cause, field: c.field,
            old: c.old, new: c.new, alias: a.name, alias_key: a.key, other: null, other_key: null, score: null,
            change: c.change} AS row, ts, id
    ORDER BY ts DESC, id DESC LIMIT $limit
    UNION ALL
    MATCH (x)<-[:NAMES]-(:Alias)<-[:OF]-(j:Judgement)
    WHERE j.mention IS NULL
    WITH DISTINCT j
    UNWIND CASE WHEN j.revoked_at IS NULL THEN [[false, j.at]] ELSE [[false, j.at], [true, j.revoked_at]] END AS told
    WITH j, told[0] AS revoked, told[1].epochMillis AS ts,
         j.id + CASE WHEN told[0] THEN ':revoked' ELSE '' END AS id
    WHERE $ts IS NULL OR ts < $ts OR (ts = $ts AND id < $id)
    WITH j, revoked, ts, id ORDER BY ts DESC, id DESC LIMIT $limit
    MATCH (a:Alias {key: j.a})
    MATCH (b:Alias {key: j.b})
    RETURN {sort: CASE WHEN revoked THEN 'revocation' ELSE 'judgement' END, by: j.by, cause: j.reason, field: 'identity',
            old: CASE WHEN revoked THEN j.verdict END, new: CASE WHEN revoked THEN null ELSE j.verdict END,
            alias: a.name, alias_key: a.key, other: b.name, other_key: b.key, score: j.score,
            change: CASE WHEN revoked THEN j.change ELSE coalesce(j.made_change, j.change) END} AS row, ts, id
  }
  WITH row, ts, id ORDER BY ts DESC, id DESC LIMIT $limit
  RETURN collect(row {.*, ts: ts, id: id}) AS rows
}
RETURN x.key AS key, x.name AS name, x.kind AS kind, rows
LIMIT 1
