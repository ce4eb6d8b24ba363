// board_members: the mentions that count on the boards, of some entities: one row an entity and 30 days.
// $keys  LIST<STRING>  entity keys
// $from  INTEGER       epoch milliseconds, nothing older is read
// ->     key STRING, kind STRING, times LIST<INTEGER> epoch milliseconds, mentions LIST<FLOAT> weights, one per time, risk LIST<FLOAT>|NULL, sanctions LIST<FLOAT>|NULL the same, null where all are 0
// door:  pentad rebuild, pentad sync-trending, pentad check
// try:   :params {keys: ['9f2c…'], from: 0}
UNWIND $keys AS key
MATCH (x:Entity {key: key})
CALL (x) {
  MATCH (x)<-[m:WHO|WHERE]-(e:Event)
  WHERE m.kid IS NOT NULL AND m.ts >= $from AND coalesce(e.boarded, true)
  // Mentions of one time are one contribution: days of news share their midnight.
  WITH m.ts AS at, sum(coalesce(m.weight, 1.0)) AS mentions, sum(m.risk) AS risk, sum(m.sanctioned) AS sanctions
  RETURN at / 2592000000 AS month, collect(at) AS times, collect(mentions) AS mentions,
         collect(toFloat(risk)) AS risks, sum(risk) > 0 AS risky,
         collect(toFloat(sanctions)) AS matches, sum(sanctions) > 0 AS matched
}
RETURN x.key AS key, x.kind AS kind, times, mentions,
       CASE WHEN risky THEN risks END AS risk, CASE WHEN matched THEN matches END AS sanctions
