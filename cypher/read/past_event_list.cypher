// past_event_list: events that were recorded by a time as they are, newest first, ties by id.
// $since     INTEGER         epoch milliseconds, from here on
// $until     INTEGER         epoch milliseconds, up to here (of a later page: the last row's)
// $after     STRING|NULL     the page after the event of this id at $until
// $known     ZONED DATETIME  when
// $category  STRING|NULL     only of this category
// $limit     INTEGER         rows at most
// ->         ts INTEGER, id STRING
// door:      GET /api/events with known_at
// try:       :params {since: 0, until: 1735689600000, after: null, known: datetime(), category: null, limit: 25}
MATCH (e:Event)
WHERE e.ts >= $since AND e.ts <= $until AND e.recorded_at <= $known
  AND ($category IS NULL OR e.category = $category) AND ($after IS NULL OR e.ts < $until OR e.id < $after)
RETURN e.ts AS ts, e.id AS id
ORDER BY e.ts DESC, id DESC LIMIT $limit
