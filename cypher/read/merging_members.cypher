// merging_members: the mentions that count on the boards, of some entities by their names, wherever the edges still lead: one row an entity and 30 days.
// $keys  LIST<STRING>  entity keys
// $from  INTEGER       epoch milliseconds, nothing older is read
// ->     key STRING, kind STRING, times LIST<INTEGER> epoch milliseconds, mentions LIST<FLOAT> weights, one per time, risk LIST<FLOAT>|NULL, sanctions LIST<FLOAT>|NULL the same, null where all are 0
// door:  merge, split, reviews, pentad dedupe
// try:   :params {keys: ['9f2c…'], from: 0}
UNWIND $keys AS key
MATCH (x:Entity {key: key})<-[:NAMES]-(a:Alias)
CALL (a) {
  MATCH (e:Event)-[m:WHO]->()
  USING INDEX SEEK m:WHO(aid, ts)
  WHERE m.aid = a.aid AND m.ts >= $from AND m.alias = a.key AND coalesce(e.boarded, true)
  RETURN m.ts AS at, coalesce(m.weight, 1.0) AS weight, m.risk AS risk, m.sanctioned AS match
  UNION ALL
  MATCH (e:Event)-[m:WHERE]->()
  USING INDEX SEEK m:WHERE(aid, ts)
  WHERE m.aid = a.aid AND m.ts >= $from AND m.alias = a.key AND coalesce(e.boarded, true)
  RETURN m.ts AS at, coalesce(m.weight, 1.0) AS weight, m.risk AS risk, m.sanctioned AS match
}
// Mentions of one time are one contribution: days of news share their midnight.
WITH x, at, sum(weight) AS mentions, sum(risk) AS risk, sum(match) AS sanctions
WITH x, at / 2592000000 AS month, collect(at) AS times, collect(mentions) AS mentions,
     collect(toFloat(risk)) AS risks, sum(risk) > 0 AS risky,
     collect(toFloat(sanctions)) AS matches, sum(sanctions) > 0 AS matched
RETURN x.key AS key, x.kind AS kind, times, mentions,
       CASE WHEN risky THEN risks END AS risk, CASE WHEN matched THEN matches END AS sanctions
