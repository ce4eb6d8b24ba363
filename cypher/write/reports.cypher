// reports: what reported events that were there before.
// $rows   LIST<LIST>  by place: 0 event (id), 1 document (element id)
// $at     ZONED DATETIME  when recorded
// ->      written INTEGER
// door:   every ingest of a changed event
// try:    MATCH (e:Event)-[r:REPORTED_IN]->(d:Document) RETURN e, r, d LIMIT 25
UNWIND $rows AS row
MATCH (e:Event {id: row[0]})
MATCH (d)
WHERE elementId(d) = row[1]
CREATE (e)-[r:REPORTED_IN {recorded_at: $at}]->(d)
RETURN count(r) AS written
