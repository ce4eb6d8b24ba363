// check_totals: numbers that must agree over the whole graph.
// ->      change, outbox_last, outbox_first, outbox_records INTEGER, live (mention edges), half_closed (edges with both
//         states or none), events, unhashed (events whose content hash is not among their hashes), versions_missing
// door:   pentad check
// try:    MATCH (g:Gate) RETURN g
MATCH (g:Gate {name: 'gate'})
CALL () {
  MATCH (o:Outbox)
  RETURN max(o.change) AS outbox_last, min(o.change) AS outbox_first, count(o) AS outbox_records
}
CALL () {
  MATCH (:Event)-[m:WHO|WHAT|WHERE|WHEN|WHY]->()
  RETURN sum(CASE WHEN m.kid IS NULL THEN 0 ELSE 1 END) AS live,
         sum(CASE WHEN (m.kid IS NULL) <> (m.closed_kid IS NOT NULL) OR (m.kid IS NULL) <> (m.closed_at IS NOT NULL)
                    OR (m.kid IS NULL) <> (m.aid IS NULL) THEN 1 ELSE 0 END) AS half_closed
}
CALL () {
  MATCH (e:Event)
  OPTIONAL MATCH (e)-[:HAD_VERSION]->(v:EventVersion)
  WITH e, count(v) AS versions
  RETURN count(e) AS events, sum(CASE WHEN e.content_hash IN e.hashes THEN 0 ELSE 1 END) AS unhashed,
         sum(e.version - 1 - versions) AS versions_missing
}
RETURN g.change AS change, outbox_last, outbox_first, outbox_records, live, half_closed, events, unhashed,
       versions_missing
