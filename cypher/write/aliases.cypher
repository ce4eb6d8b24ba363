// aliases: founds aliases, each naming one entity.
// $rows   LIST<MAP>  entity (key), props (key, aid, name, normalised, family, discriminator, kind, born, change)
// ->      founded INTEGER
// door:   every ingest
// try:    MATCH (a:Alias)-[n:NAMES]->(x:Entity) RETURN a, n, x LIMIT 25
UNWIND $rows AS row
MATCH (x:Entity {key: row.entity})
CREATE (a:Alias)
SET a = row.props
CREATE (a)-[:NAMES]->(x)
RETURN count(a) AS founded
