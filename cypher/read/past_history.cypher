// past_history: what became of some names up to a time, newest first: changes, moves, judgements on pairs of them and others, made and taken back.
// $keys    LIST<STRING>  alias keys
// $ts      INTEGER|NULL  the page after the row of this time (epoch milliseconds) …
// $id      STRING|NULL   … and this id
// $known   INTEGER       epoch milliseconds, changes recorded up to here
// $judged  INTEGER       epoch milliseconds, judgements and what they led to up to here
// $limit   INTEGER       rows at most, 1..201
// ->       rows LIST<MAP> of ts, id, sort, by, cause, field, old, new, alias, alias_key, other, other_key, score, change
// door:    GET /api/entities/{key}/history with known_at or identity_at
// try:     :params {keys: ['9f2c…'], ts: null, id: null, known: 1735689600000, judged: 1735689600000, limit: 20}
CALL () {
  UNWIND $keys AS key
  MATCH (a:Alias {key: key})<-[:OF]-(c:Change)
  WITH a, c, c.at.epochMillis AS ts, c.id AS id,
       CASE WHEN c.field = 'entity' THEN 'move' WHEN c.field IN ['merge', 'split', 'conflict', 'placed'] THEN c.field
            ELSE 'change' END AS sort
  WHERE ($ts IS NULL OR ts < $ts OR (ts = $ts AND id < $id)) AND ts <= CASE WHEN sort = 'change' THEN $known ELSE $judged END
  RETURN {sort: sort, by: c.by, cause: c.cause, field: c.field, old: c.old, new: c.new, alias: a.name, alias_key: a.key,
          other: null, other_key: null, score: null, change: c.change} AS row, ts, id
  ORDER BY ts DESC, id DESC LIMIT $limit
  UNION ALL
  UNWIND $keys AS key
  MATCH (:Alias {key: key})<-[:OF]-(j:Judgement)
  WHERE j.mention IS NULL
  WITH DISTINCT j
  UNWIND CASE WHEN j.revoked_at IS NULL THEN [[false, j.at]] ELSE [[false, j.at], [true, j.revoked_at]] END AS told
  WITH j, told[0] AS revoked, told[1].epochMillis AS ts,
       j.id + CASE WHEN told[0] THEN ':revoked' ELSE '' END AS id
  WHERE ($ts IS NULL OR ts < $ts OR (ts = $ts AND id < $id)) AND ts <= $judged
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
