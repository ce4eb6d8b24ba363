// reader_interests: what a reader often reads about, most first: points for each read that speaks of it, less for each full 30 days since the last.
// $reader  STRING          id of the reader
// $now     ZONED DATETIME
// $points  FLOAT           for a read
// $decay   FLOAT           factor for each full 30 days since the last read
// $least   FLOAT           scores below it are no interest
// $limit   INTEGER         rows at most
// ->       known BOOLEAN (somebody has this id), rows LIST<MAP> of key, name, kind, score, read_count, first_seen, last_seen, decay_factor
// door:    GET /api/readers/{reader_id}/interests
// try:     :params {reader: 'ann', now: datetime(), points: 5.0, decay: 0.9, least: 10.0, limit: 50}
OPTIONAL MATCH (r:Reader {id: $reader})
CALL (r) {
  MATCH (r)-[i:INTERESTED_IN]->(x:Entity)
  WITH x, collect(i) AS edges, min(i.first_seen) AS first, max(i.last_seen) AS last
  // A read that speaks of it by two names is one read.
  WITH x, first, last, CASE size(edges) WHEN 1 THEN size(edges[0].reads)
                       ELSE size(COLLECT { UNWIND edges AS i UNWIND i.reads AS n RETURN DISTINCT n }) END AS reads
  WITH x, first, last, reads,
       $decay ^ ((CASE WHEN last < $now THEN $now.epochMillis - last.epochMillis ELSE 0 END) / 2592000000) AS factor
  WITH x, first, last, reads, factor, $points * reads * factor AS score
  WHERE score >= $least
  ORDER BY score DESC, last DESC, x.key LIMIT $limit
  RETURN collect({key: x.key, name: x.name, kind: x.kind, score: score, read_count: reads, first_seen: first,
                  last_seen: last, decay_factor: factor}) AS rows
}
RETURN r IS NOT NULL AS known, rows
