// backup_counts: how many nodes of each label and edges of each type there are, and of all; from the count store, at once.
// ->     name STRING, n INTEGER
// door:  pentad backup
// try:   MATCH (n) RETURN labels(n) AS labels, count(*)
MATCH (n:Source) RETURN 'Source' AS name, count(n) AS n
UNION ALL
MATCH (n:Document) RETURN 'Document' AS name, count(n) AS n
UNION ALL
MATCH (n:Entity) RETURN 'Entity' AS name, count(n) AS n
UNION ALL
MATCH (n:Alias) RETURN 'Alias' AS name, count(n) AS n
UNION ALL
MATCH (n:Event) RETURN 'Event' AS name, count(n) AS n
UNION ALL
MATCH (n:EventVersion) RETURN 'EventVersion' AS name, count(n) AS n
UNION ALL
MATCH (n:Judgement) RETURN 'Judgement' AS name, count(n) AS n
UNION ALL
MATCH (n:Change) RETURN 'Change' AS name, count(n) AS n
UNION ALL
MATCH (n:RankHistory) RETURN 'RankHistory' AS name, count(n) AS n
UNION ALL
MATCH (n:Load) RETURN 'Load' AS name, count(n) AS n
UNION ALL
MATCH (n:ApiKey) RETURN 'ApiKey' AS name, count(n) AS n
UNION ALL
MATCH (n:Job) RETURN 'Job' AS name, count(n) AS n
UNION ALL
MATCH (n:Projection) RETURN 'Projection' AS name, count(n) AS n
UNION ALL
MATCH (n:Outbox) RETURN 'Outbox' AS name, count(n) AS n
UNION ALL
MATCH (n:Gate) RETURN 'Gate' AS name, count(n) AS n
UNION ALL
MATCH (n:SchemaStep) RETURN 'SchemaStep' AS name, count(n) AS n
UNION ALL
MATCH (n) RETURN 'nodes' AS name, count(n) AS n
UNION ALL
MATCH ()-[r:WHO]->() RETURN 'WHO' AS name, count(r) AS n
UNION ALL
MATCH ()-[r:WHAT]->() RETURN 'WHAT' AS name, count(r) AS n
UNION ALL
MATCH ()-[r:WHERE]->() RETURN 'WHERE' AS name, count(r) AS n
UNION ALL
MATCH ()-[r:WHEN]->() RETURN 'WHEN' AS name, count(r) AS n
UNION ALL
MATCH ()-[r:WHY]->() RETURN 'WHY' AS name, count(r) AS n
UNION ALL
MATCH ()-[r:REPORTED_IN]->() RETURN 'REPORTED_IN' AS name, count(r) AS n
UNION ALL
MATCH ()-[r:CAUSED_BY]->() RETURN 'CAUSED_BY' AS name, count(r) AS n
UNION ALL
MATCH ()-[r:FOLLOWS]->() RETURN 'FOLLOWS' AS name, count(r) AS n
UNION ALL
MATCH ()-[r:PART_OF]->() RETURN 'PART_OF' AS name, count(r) AS n
UNION ALL
MATCH ()-[r:HAD_VERSION]->() RETURN 'HAD_VERSION' AS name, count(r) AS n
UNION ALL
MATCH ()-[r:PUBLISHED_BY]->() RETURN 'PUBLISHED_BY' AS name, count(r) AS n
UNION ALL
MATCH ()-[r:NAMES]->() RETURN 'NAMES' AS name, count(r) AS n
UNION ALL
MATCH ()-[r:OF]->() RETURN 'OF' AS name, count(r) AS n
UNION ALL
MATCH ()-[r:RELATED]->() RETURN 'RELATED' AS name, count(r) AS n
UNION ALL
MATCH ()-[r:CO_MENTIONED]->() RETURN 'CO_MENTIONED' AS name, count(r) AS n
UNION ALL
MATCH ()-[r]->() RETURN 'edges' AS name, count(r) AS n
