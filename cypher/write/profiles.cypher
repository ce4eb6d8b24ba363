// profiles: keeps vectors of entity profiles, and what they were made of.
// $rows   LIST<MAP>  key STRING, version INTEGER, mentions INTEGER, vector LIST<FLOAT>
// $model  STRING     name of the embedder
// ->      kept INTEGER
// door:   the profiles of entities (every 15 minutes)
// try:    MATCH (p:Profile) RETURN p.key, p.model LIMIT 10
UNWIND $rows AS row
MERGE (p:Profile {key: row.key})
SET p.model = $model, p.version = row.version, p.mentions = row.mentions
WITH p, row
CALL db.create.setNodeVectorProperty(p, 'embedding', row.vector)
RETURN count(p) AS kept
