// past_version_text: of events that were recorded by a time in a version that was closed later, those whose title and text hold some letters, newest first.
// $letters   LIST<STRING>    in lower case, each of them
// $scan      INTEGER         versions looked at, at most, newest first
// $since     INTEGER         epoch milliseconds, from here on
// $until     INTEGER         epoch milliseconds, up to here (of a later page: the last row's)
// $after     STRING|NULL     the page after the event of this id at $until
// $known     ZONED DATETIME  when
// $category  STRING|NULL     only of this category
// ->         looked INTEGER (at most $scan), rows LIST of [ts INTEGER, id STRING, title STRING|NULL, text STRING|NULL]
// door:      GET /api/events?text= with known_at or identity_at
// try:       :params {letters: ['ceasefire'], scan: 1000, since: 0, until: 1735689600000, after: null, known: datetime(), category: null}
MATCH (v:EventVersion)
WHERE v.ts >= $since AND v.ts <= $until AND v.recorded_at <= $known AND v.closed_at > $known
  AND ($category IS NULL OR v.category = $category) AND ($after IS NULL OR v.ts < $until OR v.event_id < $after)
WITH v ORDER BY v.ts DESC LIMIT $scan
WITH v, toLower(coalesce(v.title, '') + ' ' + coalesce(v.text, '')) AS told
RETURN count(v) AS looked, collect(CASE WHEN all(some IN $letters WHERE told CONTAINS some)
                                   THEN [v.ts, v.event_id, v.title, v.text] END) AS rows
