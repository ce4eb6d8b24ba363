// event_judgements: what was decided, or is asked, of pages that may tell of one event.
// $limit  INTEGER  judgements at most
// ->      graph of judgements, documents, their claims' events
// door:   GET /api/event-judgements
// try:    :params {limit: 25}
MATCH (j:EventJudgement)-[o:OF]->(d:Document)
WITH j, o, d LIMIT $limit
OPTIONAL MATCH (d)-[m:MAKES]->(c:Claim)-[s:SUPPORTS]->(e:Event)
RETURN j, o, d, m, c, s, e
