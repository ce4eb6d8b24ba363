// board_story: entities ranked as news sites rank stories: told of first at one time, voted up by each mention since.
// $metric   STRING        mentions (weight of the mention), risk, or sanctions (its best match)
// $formula  STRING        reddit_hot, or hacker_news
// $at       INTEGER       epoch milliseconds, nothing later counts
// $from     INTEGER       epoch milliseconds, nothing older counts
// $kinds    LIST<STRING>  kinds wanted, null for all
// $rest     BOOLEAN       with kinds: whether entities without a board of their own are wanted as well
// $known    LIST<STRING>  kinds that have a board of their own
// $offset   INTEGER       rows to pass over
// $limit    INTEGER       rows at most
// ->        total INTEGER, keys LIST<STRING>, scores LIST<FLOAT>
// door:     GET /api/entities/trending?formula=
// try:      :params {metric: 'mentions', formula: 'hacker_news', at: 1735689600000, from: 0, kinds: null, rest: false, known: [], offset: 0, limit: 20}
MATCH (e:Event)
WHERE e.ts >= $from AND e.ts <= $at
MATCH (e)-[m:WHO|WHERE]->(x:Entity)
WHERE m.kid IS NOT NULL
  AND ($kinds IS NULL OR x.kind IN $kinds OR ($rest AND NOT coalesce(x.kind, '') IN $known))
WITH x, e.ts AS ts, CASE $metric WHEN 'mentions' THEN coalesce(m.weight, 1.0) WHEN 'risk' THEN m.risk
                    ELSE m.sanctioned END AS weight
WHERE weight > 0
WITH x, sum(weight) AS votes, min(ts) AS first
WITH x.key AS key, CASE $formula
  WHEN 'reddit_hot' THEN log10(CASE WHEN votes > 1 THEN votes ELSE 1.0 END) + (first / 1000.0 - 1134028003) / 45000
  ELSE CASE WHEN votes > 1 THEN (votes - 1) ^ 0.8 ELSE votes - 1 END / (($at - first) / 3600000.0 + 2) ^ 1.8
END AS score
ORDER BY score DESC, key DESC
WITH collect(key) AS keys, collect(score) AS scores
RETURN size(keys) AS total, keys[$offset..$offset + $limit] AS keys, scores[$offset..$offset + $limit] AS scores
