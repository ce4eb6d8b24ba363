// rank: the place of an entity among all at a moment, by a half-life of seven days, with the newest events behind it.
// $name    STRING   any name it has, without titles and accents
// $at      STRING   a moment, such as '2015-10-01T00:00:00Z'
// ->       name STRING, rank INTEGER, of INTEGER, score FLOAT, because LIST<STRING>
// door:    GET /api/entities/{key}/rank
// try:     :params {name: 'Pope Francis', at: '2015-10-01T00:00:00Z'}
WITH datetime($at).epochMillis AS at, 7 * 86400000.0 AS half_life
MATCH (y:Entity)<-[m:WHO|WHERE]-(:Event)
WHERE m.kid IS NOT NULL AND m.ts <= at AND m.ts >= at - 100 * half_life
WITH y, sum(coalesce(m.weight, 1.0) * 2.0 ^ ((m.ts - at) / half_life)) AS score, at
WITH collect({key: y.key, score: score}) AS board, at
MATCH (:Alias {normalised: toLower($name)})-[:NAMES]->(x:Entity)
WITH DISTINCT x, board, at, [one IN board WHERE one.key = x.key | one.score][0] AS score
CALL (x, at) {
  MATCH (x)<-[m:WHO|WHERE]-(e:Event)
  WHERE m.kid IS NOT NULL AND m.ts <= at
  WITH DISTINCT e ORDER BY e.ts DESC LIMIT 5
  RETURN collect(e.title) AS because
}
RETURN x.name AS name, 1 + size([one IN board WHERE one.score > score]) AS rank, size(board) AS of,
       round(score, 3) AS score, because
