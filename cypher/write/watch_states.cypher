// watch_states: what is known of watches after a look, if none of them was changed meanwhile.
// $rows  LIST<MAP>  of id, revision (as it was read), state (JSON), owed BOOLEAN (a look was put off)
// ->     kept INTEGER
// door:  what follows the change feed for watches
// try:   MATCH (w:Watch) RETURN w.id, w.state
UNWIND $rows AS row
MATCH (w:Watch {id: row.id})
WHERE w.revision = row.revision
SET w.state = row.state, w.owed = row.owed
RETURN count(w) AS kept
