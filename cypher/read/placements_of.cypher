// placements_of: single mentions with the alias that each stands on, and the placements that speak of it.
// $rows   LIST<MAP>  event (id), mention (id)
// ->      event, mention, alias, alias0, entity, surface STRING, score FLOAT, mentions INTEGER (edges, former versions too), own MAP (of alias0: name, normalised, family, discriminator, kind), placements LIST<MAP> of the judgements' properties
// door:   split, reviews, pentad dedupe
// try:    :params {rows: [{event: 'e1', mention: '9f2c…'}]}
UNWIND $rows AS row
MATCH (e:Event {id: row.event})-[m:WHO|WHAT|WHERE|WHEN|WHY]->(x:Entity)
WHERE m.id = row.mention
WITH row, m, x ORDER BY m.kid IS NULL
WITH row, collect(m)[0] AS m, collect(x)[0] AS x, count(*) AS mentions
MATCH (own:Alias {key: coalesce(m.alias0, m.alias)})
RETURN row.event AS event, row.mention AS mention, m.alias AS alias, own.key AS alias0, x.key AS entity,
       m.surface AS surface, coalesce(m.score, 1.0) AS score, mentions, properties(own) AS own,
       COLLECT {
         MATCH (j:Judgement {mention: row.mention})
         WHERE j.event = row.event AND j.revoked_at IS NULL
         RETURN properties(j)
       } AS placements
