// hierarchy_moments: all dates and stretches of time, with the stretch that they are said to be part of so far.
// ->      key, name STRING, mentions INTEGER, start STRING, end STRING|NULL (ISO 8601), parent STRING|NULL (key), lies_in LIST<STRING>
// door:   the hierarchy of dates (every 15 minutes)
// try:    MATCH (x:When) RETURN x.name, x.start, x.end, x.lies_in LIMIT 20
MATCH (x:When)
WHERE x.start IS NOT NULL AND x.recurrence IS NULL
RETURN x.key AS key, x.name AS name, coalesce(x.mentions, 0) AS mentions, x.start AS start, x.end AS end,
       head(COLLECT { MATCH (x)-[:PART_OF]->(p:Entity) RETURN p.key }) AS parent, coalesce(x.lies_in, []) AS lies_in
