// enrich_known: entities of the graph that are items of Wikidata.
// $qids   LIST<STRING>
// ->      qid, key STRING
// door:   pentad enrich
// try:    :params {qids: ['Q30']}
UNWIND $qids AS qid
MATCH (x:Entity {wikidata: qid})
RETURN qid, min(x.key) AS key
