// explain: the judgements that hold two names together, as one chain, or nothing where none does.
// $a      STRING  one name, as Pentad writes it without case, titles and accents
// $b      STRING  another
// ->      a graph: aliases and the judgements between them
// door:   GET /api/entities/{key}/explain/{other}
// try:    :params {a: 'nicolas maduro', b: 'maduro'}
MATCH (one:Alias {normalised: $a}), (other:Alias {normalised: $b})
WHERE one <> other
MATCH p = shortestPath((one)-[:OF*..20]-(other))
WHERE all(n IN nodes(p) WHERE n:Alias OR (n.verdict = 'positive' AND n.revoked_at IS NULL AND n.mention IS NULL))
RETURN p LIMIT 5
