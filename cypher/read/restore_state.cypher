// restore_state: whether the gate is open, and whether anything was ever written (jobs of schedules count for nothing).
// ->     gate STRING ('gate' or 'restoring'), change INTEGER, file STRING, started_at ZONED DATETIME, filled BOOLEAN
// door:  pentad restore, every service at its start
// try:   MATCH (g:Gate) RETURN g
MATCH (g:Gate)
RETURN g.name AS gate, g.change AS change, g.file AS file, g.started_at AS started_at,
       g.change > 0 OR EXISTS { MATCH (n:!Gate&!SchemaStep&!Projection&!Job) } AS filled
ORDER BY gate DESC LIMIT 1
