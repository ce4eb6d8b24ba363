// enrich_known: entities of the graph that are items of Wikidata.
// $qids   LIST<STRING>
// ->      qid, key STRING
// door:   pentad enrich
// try:    :params {qids: ['Q30']}
UNWIND $qids AS qid
MATCH (x:Entity {wikidata: qid})
// Two that are one item are asked about, and until then what is told of it is told of the one that is told more.
WITH qid, x ORDER BY x.mentions DESC, x.key
RETURN qid, collect(x.key)[0] AS key
