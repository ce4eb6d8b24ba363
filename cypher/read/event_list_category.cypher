// event_list_category: events of a period in one category, newest first.
// $category  STRING        only this category
// $since     INTEGER       epoch milliseconds, from here on
// $until     INTEGER       epoch milliseconds, up to here (of a later page: the last row's)
// $after     STRING|NULL   the page after the event with this id at $until
// $limit     INTEGER       rows at most, 1..200
// ->         rows LIST<MAP> of id, version, title, occurred_at, ended_at, precision, ts, category, code, impact, confidence, story, recorded_at
// door:      GET /api/events?category=
// try:       :params {category: 'consult', since: -62135596800000, until: 253402300799999, after: null, limit: 20}
MATCH (e:Event)
USING INDEX SEEK e:Event(category, ts)
WHERE e.category = $category AND e.ts >= $since AND e.ts <= $until AND (e.ts < $until OR $after IS NULL OR e.id < $after)
WITH e ORDER BY e.category DESC, e.ts DESC, e.id DESC LIMIT $limit
RETURN collect({id: e.id, version: e.version, title: e.title, occurred_at: e.occurred_at, ended_at: e.ended_at,
                precision: e.precision, ts: e.ts, category: e.category, code: e.code, impact: e.impact,
                confidence: e.confidence, story: e.story, recorded_at: e.recorded_at}) AS rows
