// watch_drop: takes away a watch with all that it told.
// $id  STRING  id of the watch
// ->   dropped INTEGER
// door: DELETE /api/watches/{watch_id}
// try:  MATCH (w:Watch) RETURN w.id, w.name, w.sort, w.n
MATCH (w:Watch {id: $id})
CALL (w) {
  MATCH (f:Firing)
  WHERE f.watch = w.id AND f.n IS NOT NULL
  DELETE f
}
DELETE w
RETURN count(*) AS dropped
