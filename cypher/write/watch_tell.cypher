// watch_tell: what watches have to tell, numbered within each watch. What was told is not told again.
// $rows  LIST<MAP>  of id (of the firing), watch (id), sort, change INTEGER, told (JSON)
// $at    ZONED DATETIME
// ->     id STRING, watch STRING, n INTEGER, url STRING (where it is delivered, or NULL)
// door:  what follows the change feed for watches
// try:   MATCH (f:Firing) RETURN f ORDER BY f.at DESC LIMIT 10
UNWIND range(0, size($rows) - 1) AS at
WITH at, $rows[at] AS row
WHERE NOT EXISTS { (:Firing {id: row.id}) }
WITH row ORDER BY at
WITH row.watch AS watch, collect(row) AS rows
MATCH (w:Watch {id: watch})
WITH w, rows, w.n AS before
SET w.n = before + size(rows)
WITH w, rows, before
UNWIND range(0, size(rows) - 1) AS place
WITH w, rows[place] AS row, before + place + 1 AS n
CREATE (:Firing {id: row.id, watch: w.id, n: n, sort: row.sort, change: row.change, told: row.told, at: $at})
RETURN row.id AS id, w.id AS watch, n, w.url AS url
