// review_conflicts: names that fit two entities which are judged different, and persons who differ: positives that a negative keeps from joining.
// $kind     STRING|NULL   only where one of the two is of this kind
// $most     INTEGER       negatives looked at, at most
// $limit    INTEGER       rows at most
// ->        id STRING, value FLOAT, j MAP (the positive), against MAP (the negative), a MAP, b MAP: the two entities with the names compared
// door:     GET /api/reviews, pentad review
// try:      :params {kind: null, most: 5000, limit: 20}
MATCH (n:Judgement)
WHERE n.verdict = 'negative' AND n.revoked_at IS NULL AND n.mention IS NULL AND n.a <> n.b
WITH n LIMIT $most
MATCH (:Alias {key: n.a})-[:NAMES]->(one:Entity)
MATCH (:Alias {key: n.b})-[:NAMES]->(other:Entity)
WHERE one <> other AND ($kind IS NULL OR $kind IN [one.kind, other.kind])
MATCH (one)<-[:NAMES]-(:Alias)<-[:OF]-(j:Judgement)-[:OF]->(:Alias)-[:NAMES]->(other)
WHERE j.verdict = 'positive' AND j.revoked_at IS NULL AND j.mention IS NULL
WITH j, collect(n)[0] AS n
MATCH (a:Alias {key: j.a})-[:NAMES]->(x:Entity)
MATCH (b:Alias {key: j.b})-[:NAMES]->(y:Entity)
// What a person said of the very pair is no question any more, unless another person says the opposite.
WHERE j.by = 'person' OR NOT EXISTS {
  MATCH (a)<-[:OF]-(k:Judgement {by: 'person'})-[:OF]->(b)
  WHERE k.revoked_at IS NULL AND k.mention IS NULL
}
WITH j, n, a, b, x, y,
     CASE WHEN j.by = 'person' THEN 0.5 ELSE j.score END *
     CASE WHEN x.mentions < y.mentions THEN x.mentions ELSE y.mentions END / 2.0 ^ coalesce(j.skips, 0) AS value
ORDER BY value DESC, j.id LIMIT $limit
RETURN j.id AS id, value, properties(j) AS j, properties(n) AS against,
       {key: x.key, name: x.name, kind: x.kind, mentions: coalesce(x.mentions, 0), version: x.version, first_seen: x.first_seen, last_seen: x.last_seen,
          roles: coalesce(x.roles, [])[..5], aliases: coalesce(x.aliases, [])[..10], alias_key: a.key, alias: a.name} AS a,
       {key: y.key, name: y.name, kind: y.kind, mentions: coalesce(y.mentions, 0), version: y.version, first_seen: y.first_seen, last_seen: y.last_seen,
          roles: coalesce(y.roles, [])[..5], aliases: coalesce(y.aliases, [])[..10], alias_key: b.key, alias: b.name} AS b
