// backup_readers_touched: how often readers were written, and who was since a count.
// $touch  INTEGER|NULL  the count, null: nobody is asked for
// ->      touch INTEGER, keys LIST<STRING> (ids)
// door:   pentad backup
// try:    :params {touch: 0}
OPTIONAL MATCH (g:Gate {name: 'gate'})
WITH coalesce(g.readers, 0) AS touch
CALL () {
  MATCH (r:Reader)
  WHERE r.touch > $touch
  RETURN collect(r.id) AS keys
}
RETURN touch, keys
