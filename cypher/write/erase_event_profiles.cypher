// erase_event_profiles: deletes profiles of events that hold names which were erased, they are made anew without these.
// $words  LIST<STRING>  names
// ->      erased INTEGER
// door:   POST /api/retractions with erase
// try:    MATCH (p:EventProfile) WHERE p.text CONTAINS 'Orla Venn' RETURN p LIMIT 5
MATCH (p:EventProfile)
WHERE any(word IN $words WHERE p.text CONTAINS word)
DETACH DELETE p
RETURN count(*) AS erased
