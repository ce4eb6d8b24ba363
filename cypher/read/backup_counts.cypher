// backup_counts: how many nodes of each label and edges of each type there are, and of all.
// ->     name STRING, n INTEGER (from the count store, at once)
// door:  pentad backup
// try:   MATCH (n) RETURN labels(n) AS labels, count(*)
MATCH (n:Source) WITH count(n) AS n RETURN 'Source' AS name, n
UNION ALL
MATCH (n:Document) WITH count(n) AS n RETURN 'Document' AS name, n
UNION ALL
MATCH (n:Entity) WITH count(n) AS n RETURN 'Entity' AS name, n
UNION ALL
MATCH (n:Alias) WITH count(n) AS n RETURN 'Alias' AS name, n
UNION ALL
MATCH (n:Event) WITH count(n) AS n RETURN 'Event' AS name, n
UNION ALL
MATCH (n:EventVersion) WITH count(n) AS n RETURN 'EventVersion' AS name, n
UNION ALL
MATCH (n:Judgement) WITH count(n) AS n RETURN 'Judgement' AS name, n
UNION ALL
MATCH (n:Change) WITH count(n) AS n RETURN 'Change' AS name, n
UNION ALL
MATCH (n:Passage) WITH count(n) AS n RETURN 'Passage' AS name, n
UNION ALL
MATCH (n:Claim) WITH count(n) AS n RETURN 'Claim' AS name, n
UNION ALL
MATCH (n:EventJudgement) WITH count(n) AS n RETURN 'EventJudgement' AS name, n
UNION ALL
MATCH (n:Reader) WITH count(n) AS n RETURN 'Reader' AS name, n
UNION ALL
MATCH (n:Watch) WITH count(n) AS n RETURN 'Watch' AS name, n
UNION ALL
MATCH (n:Firing) WITH count(n) AS n RETURN 'Firing' AS name, n
UNION ALL
MATCH (n:Predicate) WITH count(n) AS n RETURN 'Predicate' AS name, n
UNION ALL
MATCH (n:FactJudgement) WITH count(n) AS n RETURN 'FactJudgement' AS name, n
UNION ALL
MATCH (n:Retraction) WITH count(n) AS n RETURN 'Retraction' AS name, n
UNION ALL
MATCH (n:Feed) WITH count(n) AS n RETURN 'Feed' AS name, n
UNION ALL
MATCH (n:Audit) WITH count(n) AS n RETURN 'Audit' AS name, n
UNION ALL
MATCH (n:RankHistory) WITH count(n) AS n RETURN 'RankHistory' AS name, n
UNION ALL
MATCH (n:Load) WITH count(n) AS n RETURN 'Load' AS name, n
UNION ALL
MATCH (n:ApiKey) WITH count(n) AS n RETURN 'ApiKey' AS name, n
UNION ALL
MATCH (n:Job) WITH count(n) AS n RETURN 'Job' AS name, n
UNION ALL
MATCH (n:Site) WITH count(n) AS n RETURN 'Site' AS name, n
UNION ALL
MATCH (n:Projection) WITH count(n) AS n RETURN 'Projection' AS name, n
UNION ALL
MATCH (n:Outbox) WITH count(n) AS n RETURN 'Outbox' AS name, n
UNION ALL
MATCH (n:Gate) WITH count(n) AS n RETURN 'Gate' AS name, n
UNION ALL
MATCH (n:Profile) WITH count(n) AS n RETURN 'Profile' AS name, n
UNION ALL
MATCH (n:EventProfile) WITH count(n) AS n RETURN 'EventProfile' AS name, n
UNION ALL
MATCH (n:Reply) WITH count(n) AS n RETURN 'Reply' AS name, n
UNION ALL
MATCH (n:SchemaStep) WITH count(n) AS n RETURN 'SchemaStep' AS name, n
UNION ALL
MATCH (n) WITH count(n) AS n RETURN 'nodes' AS name, n
UNION ALL
MATCH ()-[r:WHO]->() WITH count(r) AS n RETURN 'WHO' AS name, n
UNION ALL
MATCH ()-[r:WHAT]->() WITH count(r) AS n RETURN 'WHAT' AS name, n
UNION ALL
MATCH ()-[r:WHERE]->() WITH count(r) AS n RETURN 'WHERE' AS name, n
UNION ALL
MATCH ()-[r:WHEN]->() WITH count(r) AS n RETURN 'WHEN' AS name, n
UNION ALL
MATCH ()-[r:WHY]->() WITH count(r) AS n RETURN 'WHY' AS name, n
UNION ALL
MATCH ()-[r:REPORTED_IN]->() WITH count(r) AS n RETURN 'REPORTED_IN' AS name, n
UNION ALL
MATCH ()-[r:CAUSED_BY]->() WITH count(r) AS n RETURN 'CAUSED_BY' AS name, n
UNION ALL
MATCH ()-[r:FOLLOWS]->() WITH count(r) AS n RETURN 'FOLLOWS' AS name, n
UNION ALL
MATCH (:Event)-[r:PART_OF]->() WITH count(r) AS n RETURN 'PART_OF' AS name, n
UNION ALL
MATCH ()-[r:HAD_VERSION]->() WITH count(r) AS n RETURN 'HAD_VERSION' AS name, n
UNION ALL
MATCH ()-[r:PUBLISHED_BY]->() WITH count(r) AS n RETURN 'PUBLISHED_BY' AS name, n
UNION ALL
MATCH ()-[r:NAMES]->() WITH count(r) AS n RETURN 'NAMES' AS name, n
UNION ALL
MATCH ()-[r:OF]->() WITH count(r) AS n RETURN 'OF' AS name, n
UNION ALL
MATCH ()-[r:RELATED]->() WITH count(r) AS n RETURN 'RELATED' AS name, n
UNION ALL
MATCH ()-[r:HAS_PASSAGE]->() WITH count(r) AS n RETURN 'HAS_PASSAGE' AS name, n
UNION ALL
MATCH ()-[r:MAKES]->() WITH count(r) AS n RETURN 'MAKES' AS name, n
UNION ALL
MATCH ()-[r:NAMES_ENTITY]->() WITH count(r) AS n RETURN 'NAMES_ENTITY' AS name, n
UNION ALL
MATCH ()-[r:ABOUT]->() WITH count(r) AS n RETURN 'ABOUT' AS name, n
UNION ALL
MATCH ()-[r:SUPPORTS]->() WITH count(r) AS n RETURN 'SUPPORTS' AS name, n
UNION ALL
MATCH ()-[r:READ]->() WITH count(r) AS n RETURN 'READ' AS name, n
UNION ALL
MATCH ()-[r:INTERESTED_IN]->() WITH count(r) AS n RETURN 'INTERESTED_IN' AS name, n
UNION ALL
MATCH ()-[r:LOCATED_IN]->() WITH count(r) AS n RETURN 'LOCATED_IN' AS name, n
UNION ALL
MATCH ()-[r:CO_MENTIONED]->() WITH count(r) AS n RETURN 'CO_MENTIONED' AS name, n
UNION ALL
MATCH ()-[r]->() WITH count(r) AS n RETURN 'edges' AS name, n
