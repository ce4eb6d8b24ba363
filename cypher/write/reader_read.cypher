// reader_read: notes that somebody read a content: the same at the same time is the same read.
// $reader   STRING          id of the reader
// $content  STRING          document id
// $at       ZONED DATETIME  when it was read
// $now      ZONED DATETIME  when that was told
// ->        n INTEGER (number of the read), counted BOOLEAN (false: it was known), empty where there is no such content
// door:     POST /api/contents/{id}/read
// try:      MATCH p = (:Reader)-[:READ]->(:Document) RETURN p LIMIT 25
MATCH (d:Document {id: $content})
MATCH (g:Gate {name: 'gate'})
MERGE (r:Reader {id: $reader})
ON CREATE SET r.created_at = $now, r.reads = 0
MERGE (r)-[k:READ {at: $at}]->(d)
ON CREATE SET k.n = r.reads + 1, g.readers = coalesce(g.readers, 0) + 1
WITH r, g, k, k.n > r.reads AS counted
SET r.reads = CASE WHEN counted THEN k.n ELSE r.reads END, r.touch = CASE WHEN counted THEN g.readers ELSE r.touch END
RETURN k.n AS n, counted
