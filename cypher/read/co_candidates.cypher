// co_candidates: entities that are no hubs and have mentions enough to be one, most first, with their degree.
// $promote  INTEGER  degree from which an entity is a hub
// ->        key STRING, degree INTEGER (live WHO and WHERE mentions)
// door:     the co-mention projection
// try:      :params {promote: 500}
MATCH (x:Entity)
USING INDEX SEEK x:Entity(mentions)
WHERE x.mentions >= $promote AND NOT coalesce(x.hub, false) AND ('WHO' IN x.ws OR 'WHERE' IN x.ws)
WITH x, COUNT { MATCH (x)<-[m:WHO|WHERE]-() WHERE m.kid IS NOT NULL } AS degree
WHERE degree >= $promote
RETURN x.key AS key, degree ORDER BY degree DESC, key
