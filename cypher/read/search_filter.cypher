// search_filter: which of some entities were mentioned in a period, with or in a place, and lie near a point.
// $keys       LIST<STRING>  keys of the entities themselves
// $since      INTEGER|NULL  epoch milliseconds, mentioned from here on (null: whenever)
// $until      INTEGER       epoch milliseconds, … and up to here
// $places     LIST<STRING>  keys of places: mentioned in an event that was there, or one of them, empty for any
// $latitude   FLOAT|NULL    degrees, null for anywhere
// $longitude  FLOAT         degrees
// $metres     FLOAT         from that point at most
// $budget     INTEGER       newest mentions per W that are looked at for a place
// ->          keys LIST<STRING> (those that meet all, in the order asked)
// door:       GET /api/search
// try:        :params {keys: ['9f2c…'], since: 0, until: 253402300799999, places: [], latitude: null, longitude: 0.0, metres: 0.0, budget: 200}
UNWIND $keys AS key
MATCH (x:Entity {key: key})
WHERE ($latitude IS NULL
       OR point.distance(x.location, point({latitude: $latitude, longitude: $longitude})) <= $metres)
CALL (x) {
  CALL (x) {
    MATCH (e)-[m:WHO]->(y)
    USING INDEX SEEK m:WHO(kid, ts, id)
    WHERE m.kid = x.kid AND m.ts >= coalesce($since, -62135596800000) AND m.ts <= $until AND m.id IS NOT NULL AND y = x
    RETURN e, m.kid AS kid, m.ts AS ts ORDER BY m.kid DESC, m.ts DESC LIMIT $budget
    UNION ALL
    MATCH (e)-[m:WHERE]->(y)
    USING INDEX SEEK m:WHERE(kid, ts, id)
    WHERE m.kid = x.kid AND m.ts >= coalesce($since, -62135596800000) AND m.ts <= $until AND m.id IS NOT NULL AND y = x
    RETURN e, m.kid AS kid, m.ts AS ts ORDER BY m.kid DESC, m.ts DESC LIMIT $budget
    UNION ALL
    MATCH (e)-[m:WHAT]->(y)
    USING INDEX SEEK m:WHAT(kid, ts, id)
    WHERE m.kid = x.kid AND m.ts >= coalesce($since, -62135596800000) AND m.ts <= $until AND m.id IS NOT NULL AND y = x
    RETURN e, m.kid AS kid, m.ts AS ts ORDER BY m.kid DESC, m.ts DESC LIMIT $budget
    UNION ALL
    MATCH (e)-[m:WHY]->(y)
    USING INDEX SEEK m:WHY(kid, ts, id)
    WHERE m.kid = x.kid AND m.ts >= coalesce($since, -62135596800000) AND m.ts <= $until AND m.id IS NOT NULL AND y = x
    RETURN e, m.kid AS kid, m.ts AS ts ORDER BY m.kid DESC, m.ts DESC LIMIT $budget
    UNION ALL
    MATCH (e)-[m:WHEN]->(y)
    USING INDEX SEEK m:WHEN(kid, ts, id)
    WHERE m.kid = x.kid AND m.ts >= coalesce($since, -62135596800000) AND m.ts <= $until AND m.id IS NOT NULL AND y = x
    RETURN e, m.kid AS kid, m.ts AS ts ORDER BY m.kid DESC, m.ts DESC LIMIT $budget
  }
  WITH e
  WHERE $places = [] OR EXISTS { MATCH (e)-[k:WHERE]->(p:Entity) WHERE k.kid IS NOT NULL AND p.key IN $places }
  RETURN count(e) > 0 AS found
}
WITH x WHERE found
RETURN collect(x.key) AS keys
