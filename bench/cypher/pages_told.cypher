// pages_told: those of some pages that are over, and those whose claims support an event.
// $ids    LIST<STRING>  document ids
// ->      over, told LIST<STRING>
// door:   make bench
// try:    :params {ids: ['9f2c']}
UNWIND $ids AS id
MATCH (d:Document {id: id})
RETURN collect(CASE WHEN d.state IN ['failed', 'low_quality'] OR (d.semantic_hash IS NOT NULL AND NOT EXISTS {
                 MATCH (j:Job {key: 'event:' + d.id}) WHERE j.state IN ['queued', 'running'] }) THEN d.id END) AS over,
       collect(CASE WHEN EXISTS { (d)-[:MAKES]->(:Claim)-[:SUPPORTS]->(:Event) } THEN d.id END) AS told
