// hierarchy_places: all places with what is told of where they lie, and where they are said to lie so far.
// ->      key, name, kind STRING, mentions INTEGER, path LIST<STRING>, country STRING (both null where not stated), names
//         LIST<STRING> (normalised, of the family place), parent STRING|NULL (key), lies_in LIST<STRING>
// door:   the hierarchy of places (every 15 minutes)
// try:    MATCH (x:Where) RETURN x.name, x.path, x.country, x.lies_in LIMIT 20
MATCH (x:Where)
RETURN x.key AS key, x.name AS name, x.kind AS kind, coalesce(x.mentions, 0) AS mentions, x.path AS path,
       x.country AS country, COLLECT { MATCH (x)<-[:NAMES]-(a:Alias {family: 'place'}) RETURN a.normalised } AS names,
       head(COLLECT { MATCH (x)-[:LOCATED_IN]->(p:Entity) RETURN p.key }) AS parent, coalesce(x.lies_in, []) AS lies_in
