// firing_job: which jobs deliver what watches told.
// $rows  LIST<MAP>  of id (of the firing), job (id)
// ->     kept INTEGER
// door:  what follows the change feed for watches
// try:   MATCH (f:Firing) RETURN f ORDER BY f.at DESC LIMIT 10
UNWIND $rows AS row
MATCH (f:Firing {id: row.id})
SET f.job = row.job
RETURN count(f) AS kept
