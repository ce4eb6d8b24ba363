// review_unsure: pairs that wait for a person, by what a decision is expected to put right: probability x mentions of the smaller entity, halved by each skip.
// $kind     STRING|NULL   only where one of the two is of this kind
// $value    FLOAT|NULL    the page after the row of this value …
// $id       STRING|NULL   … and this id
// $most     INTEGER       unsure judgements looked at, at most
// $limit    INTEGER       rows at most, 1..201
// ->        id STRING, value FLOAT, j MAP of the judgement's properties, a MAP, b MAP: the two entities with the names compared
// door:     GET /api/reviews, pentad review
// try:      :params {kind: null, value: null, id: null, most: 20000, limit: 20}
MATCH (j:Judgement)
WHERE j.verdict = 'unsure' AND j.revoked_at IS NULL AND j.mention IS NULL AND j.by <> 'person'
WITH j LIMIT $most
MATCH (a:Alias {key: j.a})-[:NAMES]->(x:Entity)
MATCH (b:Alias {key: j.b})-[:NAMES]->(y:Entity)
WHERE x <> y AND ($kind IS NULL OR $kind IN [x.kind, y.kind])
  AND NOT EXISTS {
    MATCH (a)<-[:OF]-(k:Judgement {by: 'person'})-[:OF]->(b)
    WHERE k.revoked_at IS NULL AND k.mention IS NULL
  }
WITH j, a, b, x, y,
     j.score * CASE WHEN x.mentions < y.mentions THEN x.mentions ELSE y.mentions END / 2.0 ^ coalesce(j.skips, 0) AS value
WHERE $value IS NULL OR value < $value OR (value = $value AND j.id > $id)
ORDER BY value DESC, j.id LIMIT $limit
RETURN j.id AS id, value, properties(j) AS j,
       {key: x.key, name: x.name, kind: x.kind, mentions: coalesce(x.mentions, 0), version: x.version, first_seen: x.first_seen, last_seen: x.last_seen,
          roles: coalesce(x.roles, [])[..5], aliases: coalesce(x.aliases, [])[..10], alias_key: a.key, alias: a.name} AS a,
       {key: y.key, name: y.name, kind: y.kind, mentions: coalesce(y.mentions, 0), version: y.version, first_seen: y.first_seen, last_seen: y.last_seen,
          roles: coalesce(y.roles, [])[..5], aliases: coalesce(y.aliases, [])[..10], alias_key: b.key, alias: b.name} AS b
