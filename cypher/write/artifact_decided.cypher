// artifact_decided: what a gate said of a document, the last word of each gate is kept.
// $id        STRING
// $gate      STRING  url, text, semantic, event or enrichment
// $decision  STRING  JSON
// ->         decisions INTEGER
// door:      pentad worker
// try:       MATCH (d:Document) WHERE d.decisions IS NOT NULL RETURN d.id, d.decisions LIMIT 20
MATCH (d:Document {id: $id})
SET d.decisions = [one IN coalesce(d.decisions, []) WHERE NOT one STARTS WITH '{"gate":"' + $gate + '"'] + [$decision]
RETURN size(d.decisions) AS decisions
