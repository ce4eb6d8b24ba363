// restore_begin: shuts the gate, so that nobody writes while a backup is restored, and says so. No row when it is in use.
// $by    STRING  token of the restore
// $file  STRING  name of the backup
// $at    ZONED DATETIME  now
// ->     change INTEGER
// door:  pentad restore
// try:   MATCH (g:Gate) RETURN g
MATCH (g:Gate)
SET g.held = true
WITH g WHERE g.name = 'restoring' OR g.change = 0
SET g.name = 'restoring', g.by = $by, g.file = $file, g.started_at = $at
RETURN g.change AS change
