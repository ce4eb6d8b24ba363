// co_pair_counts: the live events that name both of each pair in WHO and WHERE, counted afresh from the end with fewer mentions.
// $pairs   LIST<MAP>  of few STRING, many STRING (entity keys)
// $change  INTEGER    only events whose latest version is not newer than this change number
// ->       few STRING, many STRING, n INTEGER (distinct events), first_ts INTEGER, last_ts INTEGER (epoch milliseconds, null when n is 0)
// door:    the co-mention projection
// try:     :params {pairs: [{few: '9f2c…', many: '51aa…'}], change: 1000000}
UNWIND $pairs AS pair
MATCH (a:Entity {key: pair.few})
MATCH (b:Entity {key: pair.many})
CALL (a, b) {
  MATCH (a)<-[m:WHO|WHERE]-(e:Event)
  WHERE m.kid IS NOT NULL AND e.change <= $change
    AND EXISTS { MATCH (e)-[k:WHO|WHERE]->(b) WHERE k.kid IS NOT NULL }
  RETURN count(DISTINCT e) AS n, min(e.ts) AS first_ts, max(e.ts) AS last_ts
}
RETURN pair.few AS few, pair.many AS many, n, first_ts, last_ts
