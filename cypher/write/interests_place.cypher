// interests_place: reads that count for other names now.
// $rows  LIST<MAP>  of reader (id), alias (key), add LIST<INTEGER>, drop LIST<INTEGER> (numbers of reads)
// ->     placed INTEGER
// door:  split, reviews, pentad dedupe
// try:   MATCH p = (:Reader)-[:INTERESTED_IN]->(:Entity) RETURN p LIMIT 25
UNWIND $rows AS row
MATCH (r:Reader {id: row.reader})
MATCH (:Alias {key: row.alias})-[:NAMES]->(x:Entity)
MATCH (g:Gate {name: 'gate'})
SET g.readers = coalesce(g.readers, 0) + 1, r.touch = g.readers
MERGE (r)-[i:INTERESTED_IN {alias: row.alias}]->(x)
ON CREATE SET i.reads = [], i.decay_factor = 1.0
SET i.reads = [n IN i.reads WHERE NOT n IN row.drop AND NOT n IN row.add] + row.add
WITH r, i
CALL (r, i) {
  MATCH (r)-[k:READ]->(:Document)
  WHERE k.n IN i.reads
  RETURN min(k.at) AS first, max(k.at) AS last
}
SET i.first_seen = first, i.last_seen = last
WITH collect(i) AS placed
FOREACH (i IN [one IN placed WHERE size(one.reads) = 0] | DELETE i)
RETURN size(placed) AS placed
