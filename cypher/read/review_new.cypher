// review_new: entities that may be none: persons of one word that matched nothing, and names of which only mentions of little relevance speak.
// $kind       STRING|NULL  only of this kind
// $relevance  FLOAT        below this a mention is of little relevance
// $few        INTEGER      entities with more mentions than this are believed
// $most       INTEGER      names looked at, the last touched first
// $limit      INTEGER      rows at most
// ->          id STRING (key of the entity), value FLOAT, reason STRING, a MAP: the entity
// door:       GET /api/reviews, pentad review
// try:        :params {kind: null, relevance: 0.7, few: 20, most: 5000, limit: 20}
MATCH (a:Alias)
WHERE a.change >= 0
WITH a ORDER BY a.change DESC LIMIT $most
WHERE a.family IN ['person', 'collective', 'place', 'unspecified']
MATCH (a)-[:NAMES]->(x:Entity)
WHERE x.key = a.key AND x.mentions > 0 AND x.mentions <= $few AND ($kind IS NULL OR x.kind = $kind)
  AND NOT EXISTS { MATCH (a)<-[:OF]-(k:Judgement {by: 'person'}) WHERE k.revoked_at IS NULL AND k.a = k.b }
WITH a, x,
     a.family = 'person' AND NOT a.normalised CONTAINS ' ' AND COUNT { (x)<-[:NAMES]-() } = 1 AS bare,
     NOT EXISTS {
       MATCH (x)<-[m:WHO|WHERE]-(:Event)
       WHERE m.kid IS NOT NULL AND coalesce(m.relevance, 1.0) >= $relevance
     } AS faint
WHERE bare OR faint
WITH a, x, bare, 0.3 * x.mentions / 2.0 ^ coalesce(a.skips, 0) AS value
ORDER BY value DESC, x.key LIMIT $limit
RETURN x.key AS id, value,
       CASE WHEN bare THEN 'one word that matched nothing' ELSE 'mentions of little relevance alone' END AS reason,
       {key: x.key, name: x.name, kind: x.kind, mentions: coalesce(x.mentions, 0), version: x.version, first_seen: x.first_seen, last_seen: x.last_seen,
          roles: coalesce(x.roles, [])[..5], aliases: coalesce(x.aliases, [])[..10], alias_key: a.key, alias: a.name} AS a
