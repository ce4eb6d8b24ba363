// entities: founds entities, most of them with the alias whose key they bear. What they are is a label beside Entity.
// $rows   LIST<MAP>  key, kid, label, props (name, kind, kind_source, mentions, attributes …),
//                    first, last (epoch milliseconds or NULL), alias (NULL or MAP: props, first, last)
// $at     ZONED DATETIME  when recorded
// ->      founded LIST<LIST>  key, element id
// door:   every ingest
// try:    MATCH (x:Entity) RETURN x ORDER BY x.created_at DESC LIMIT 5
UNWIND $rows AS row
MERGE (x:Entity {key: row.key})
SET x += row.props, x.kid = row.kid, x.version = 1, x.created_at = $at, x.updated_at = $at
SET x:$(row.label)
FOREACH (at IN row.first | SET x.first_seen = datetime({epochMillis: at}))
FOREACH (at IN row.last | SET x.last_seen = datetime({epochMillis: at}))
FOREACH (alias IN row.alias |
  CREATE (a:Alias)-[:NAMES]->(x)
  SET a = alias.props
  FOREACH (at IN alias.first | SET a.first_seen = datetime({epochMillis: at}))
  FOREACH (at IN alias.last | SET a.last_seen = datetime({epochMillis: at}))
)
RETURN collect([x.key, elementId(x)]) AS founded
