// event_list: events of a period in any category, newest first.
// $since     INTEGER       epoch milliseconds, from here on
// $until     INTEGER       epoch milliseconds, up to here (of a later page: the last row's)
// $after     STRING|NULL   the page after the event with this id at $until
// $limit     INTEGER       rows at most, 1..200
// ->         rows LIST<MAP> of id, version, title, occurred_at, ended_at, precision, ts, category, code, impact, confidence, story, recorded_at
// door:      GET /api/events
// try:       :params {since: -62135596800000, until: 253402300799999, after: null, limit: 20}
MATCH (e:Event)
USING INDEX SEEK e:Event(ts)
WHERE e.ts >= $since AND e.ts <= $until AND (e.ts < $until OR $after IS NULL OR e.id < $after)
  AND e.retracted IS NULL
WITH e ORDER BY e.ts DESC, e.id DESC LIMIT $limit
RETURN collect({id: e.id, version: e.version, title: e.title, occurred_at: e.occurred_at, ended_at: e.ended_at,
                precision: e.precision, ts: e.ts, category: e.category, code: e.code, impact: e.impact,
                confidence: e.confidence, story: e.story, recorded_at: e.recorded_at}) AS rows
