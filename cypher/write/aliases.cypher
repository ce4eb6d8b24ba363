// aliases: founds aliases of entities that bear another alias's key.
// $rows   LIST<MAP>  entity (key), props (key, aid, name, normalised, family, discriminator, kind, born, change …),
//                    first, last (epoch milliseconds or NULL)
// ->      founded INTEGER
// door:   every ingest
// try:    MATCH (a:Alias)-[n:NAMES]->(x:Entity) RETURN a, n, x LIMIT 25
UNWIND $rows AS row
MATCH (x:Entity {key: row.entity})
CREATE (a:Alias)
SET a = row.props
FOREACH (at IN row.first | SET a.first_seen = datetime({epochMillis: at}))
FOREACH (at IN row.last | SET a.last_seen = datetime({epochMillis: at}))
CREATE (a)-[:NAMES]->(x)
RETURN count(a) AS founded
