// past_event_text: events that were recorded by a time as they are, whose title or text holds the words asked for.
// $words     STRING          a Lucene query made of quoted words only
// $scan      INTEGER         events looked at, at most, best match first
// $since     INTEGER         epoch milliseconds, from here on
// $until     INTEGER         epoch milliseconds, up to here (of a later page: the last row's)
// $after     STRING|NULL     the page after the event of this id at $until
// $known     ZONED DATETIME  when
// $category  STRING|NULL     only of this category
// ->         matched INTEGER (by the words alone, at most $scan), rows LIST of [ts INTEGER, id STRING]
// door:      GET /api/events?text= with known_at or identity_at
// try:       :params {words: '"ceasefire"', scan: 1000, since: 0, until: 1735689600000, after: null, known: datetime(), category: null}
// Full text is kept beside the commit: what was committed before now is awaited.
CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()
CALL db.index.fulltext.queryNodes('event_texts', $words, {limit: $scan}) YIELD node
WITH collect(node) AS found
RETURN size(found) AS matched, [e IN found
  WHERE e.ts >= $since AND e.ts <= $until AND e.recorded_at <= $known
    AND ($category IS NULL OR e.category = $category) AND ($after IS NULL OR e.ts < $until OR e.id < $after)
  | [e.ts, e.id]] AS rows
