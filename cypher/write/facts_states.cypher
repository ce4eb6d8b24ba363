// facts_states: what became of facts, on each of their statements.
// $rows   LIST<MAP>  id, state, ended (epoch milliseconds or NULL)
// ->      written INTEGER
// door:   whatever writes relationships or judges facts
// try:    MATCH p = (:Entity)-[r:RELATED]->(:Entity) WHERE r.state <> 'current' RETURN p LIMIT 25
UNWIND $rows AS row
MATCH ()-[r:RELATED {id: row.id}]->()
WHERE r.closed_at IS NULL
SET r.state = row.state,
    r.ended_at = CASE WHEN row.ended IS NULL THEN NULL ELSE datetime({epochMillis: row.ended}) END
RETURN count(r) AS written
