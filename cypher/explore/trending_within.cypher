// trending_within: who was in the news in one place at a moment, by a half-life of seven days.
// $place  STRING   any name of the place, without accents
// $at     STRING   a moment, such as '2015-10-01T00:00:00Z'
// $limit  INTEGER  rows at most
// ->      name STRING, kind STRING, score FLOAT, mentions INTEGER
// door:   GET /api/entities/trending?within=
// try:    :params {place: 'Brazil', at: '2018-10-31T00:00:00Z', limit: 20}
WITH datetime($at).epochMillis AS at, 7 * 86400000.0 AS half_life
MATCH (:Alias {normalised: toLower($place)})-[:NAMES]->(p:Entity)<-[k:WHERE]-(e:Event)
WHERE k.kid IS NOT NULL AND k.ts <= at AND k.ts >= at - 100 * half_life
WITH DISTINCT p, e, at, half_life
MATCH (e)-[m:WHO|WHERE]->(x:Entity)
WHERE m.kid IS NOT NULL AND x <> p
RETURN x.name AS name, x.kind AS kind, sum(coalesce(m.weight, 1.0) * 2.0 ^ ((m.ts - at) / half_life)) AS score,
       count(*) AS mentions
ORDER BY score DESC LIMIT $limit
