// rising: who is named more in the day before a moment than the month before it lets expect.
// $at     STRING   a moment, such as '2015-10-01T00:00:00Z'
// $limit  INTEGER  rows at most
// ->      name STRING, kind STRING, mentions INTEGER (of 20 days), short FLOAT, expected FLOAT, deviations FLOAT
// door:   GET /api/entities/rising
// try:    :params {at: '2015-10-01T00:00:00Z', limit: 20}
WITH datetime($at).epochMillis AS at, 86400000.0 AS day
MATCH (x:Entity)<-[m:WHO|WHERE]-()
WHERE m.kid IS NOT NULL AND m.ts <= at AND m.ts >= at - 3000 * day
WITH x, coalesce(m.weight, 1.0) AS w, (at - m.ts) / day AS age
WITH x, sum(w * 2.0 ^ -age) AS short, sum(w * 2.0 ^ (-age / 30)) / 30 AS expected,
     sum(CASE WHEN age <= 20 THEN w * w * 2.0 ^ (-2 * age) END) AS variance, sum(CASE WHEN age <= 20 THEN 1 END) AS mentions
WHERE variance > 0
RETURN x.name AS name, x.kind AS kind, mentions, short, expected, (short - expected) / sqrt(variance) AS deviations
ORDER BY deviations DESC LIMIT $limit
