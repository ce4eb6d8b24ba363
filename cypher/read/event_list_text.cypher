// event_list_text: events whose title or text holds the words asked for, newest first.
// $words     STRING        a Lucene query made of quoted words only
// $scan      INTEGER       events looked at, at most, best match first
// $mentions  LIST<MAP>     of key STRING (of any alias), w STRING: what the event must mention besides
// $category  STRING|NULL   only this category
// $since     INTEGER       epoch milliseconds, from here on
// $until     INTEGER       epoch milliseconds, up to here (of a later page: the last row's)
// $after     STRING|NULL   the page after the event with this id at $until
// $limit     INTEGER       rows at most, 1..200
// ->         matched INTEGER (by the words alone, at most $scan), rows LIST<MAP> of id, version, title, occurred_at, ended_at, precision, ts, category, code, impact, confidence, story, recorded_at
// door:      GET /api/events?text=
// try:       :params {words: '"ceasefire"', scan: 1000, mentions: [], category: null, since: -62135596800000, until: 253402300799999, after: null, limit: 20}
// Full text is kept beside the commit: what was committed before now is awaited.
CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()
CALL db.index.fulltext.queryNodes('event_texts', $words, {limit: $scan}) YIELD node
WITH collect(node) AS found
CALL (found) {
  UNWIND found AS e
  WITH e
  WHERE e.ts >= $since AND e.ts <= $until AND (e.ts < $until OR $after IS NULL OR e.id < $after)
    AND ($category IS NULL OR e.category = $category)
    AND all(other IN $mentions WHERE EXISTS {
      MATCH (:Alias {key: other.key})-[:NAMES]->(z:Entity)<-[k:WHO|WHAT|WHERE|WHEN|WHY]-(e)
      WHERE type(k) = other.w AND k.kid IS NOT NULL
    })
  WITH e ORDER BY e.ts DESC, e.id DESC LIMIT $limit
  RETURN collect({id: e.id, version: e.version, title: e.title, occurred_at: e.occurred_at, ended_at: e.ended_at,
                  precision: e.precision, ts: e.ts, category: e.category, code: e.code, impact: e.impact,
                  confidence: e.confidence, story: e.story, recorded_at: e.recorded_at}) AS rows
}
RETURN size(found) AS matched, rows
