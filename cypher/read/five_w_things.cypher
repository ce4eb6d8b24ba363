// five_w_things: what was stated of some entities, to compare them by.
// $keys   LIST<STRING>  entity keys
// ->      key STRING, props MAP, texts LIST<STRING> (names, and descriptions where any was stated)
// door:   POST /api/entity-extraction/deduplicate
// try:    :params {keys: ['9f2c…']}
UNWIND $keys AS key
MATCH (x:Entity {key: key})
RETURN x.key AS key, properties(x) AS props,
       [text IN coalesce(x.aliases, []) + [x.name, x.description] WHERE text IS NOT NULL] AS texts
