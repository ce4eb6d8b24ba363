// event_profiles_drop: deletes profiles of events that are gone or withdrawn. Run until 0.
// $limit  INTEGER  profiles at most
// ->      dropped INTEGER
// door:   the profiles of entities and events (every 15 minutes)
// try:    MATCH (p:EventProfile) RETURN count(p)
MATCH (p:EventProfile)
WHERE NOT EXISTS { MATCH (e:Event {id: p.key}) WHERE e.retracted IS NULL }
WITH p LIMIT $limit
DETACH DELETE p
RETURN count(*) AS dropped
