// diff: who rose and who fell between two moments, by a half-life of seven days: both boards side by side.
// $before  STRING   a moment, such as '2015-09-10T00:00:00Z'
// $after   STRING   a later one
// $limit   INTEGER  rows at most
// ->       name STRING, kind STRING, before FLOAT, after FLOAT (scores), difference FLOAT
// door:    GET /api/diff
// try:     :params {before: '2015-09-10T00:00:00Z', after: '2015-09-30T00:00:00Z', limit: 25}
WITH datetime($before).epochMillis AS before, datetime($after).epochMillis AS after, 7 * 86400000.0 AS half_life
MATCH (x:Entity)<-[m:WHO|WHERE]-(e:Event)
WHERE m.kid IS NOT NULL AND m.ts <= after AND m.ts >= before - 100 * half_life
WITH x, sum(CASE WHEN m.ts <= before THEN coalesce(m.weight, 1.0) * 2.0 ^ ((m.ts - before) / half_life) ELSE 0.0 END) AS was,
     sum(coalesce(m.weight, 1.0) * 2.0 ^ ((m.ts - after) / half_life)) AS is
RETURN x.name AS name, x.kind AS kind, round(was, 3) AS before, round(is, 3) AS after, round(is - was, 3) AS difference
ORDER BY abs(is - was) DESC, x.key
LIMIT $limit
