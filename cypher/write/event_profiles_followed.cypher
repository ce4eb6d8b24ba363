// event_profiles_followed: up to which change number profiles of events follow names, founded at the first call.
// $change  INTEGER|NULL  the number that they follow now
// ->       followed INTEGER
// door:    the profiles of entities and events (every 15 minutes)
// try:     MATCH (p:Projection {name: 'event_profiles'}) RETURN p
MERGE (p:Projection {name: 'event_profiles'})
SET p.change = coalesce($change, p.change, 0)
RETURN p.change AS followed
