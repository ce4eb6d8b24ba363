// watches_active: how far changes were looked at, and the watches that have something to look at.
// ->     position INTEGER|NULL, change INTEGER (the last committed), many INTEGER (watches, paused ones too), watches LIST<MAP>
// door:  what follows the change feed for watches
// try:   MATCH (w:Watch {paused: false}) RETURN w.id, w.name
OPTIONAL MATCH (g:Gate {name: 'gate'})
OPTIONAL MATCH (p:Projection {name: 'watches'})
WITH p.change AS position, coalesce(g.change, 0) AS change, COUNT { (:Watch) } AS many
CALL (position, change) {
  MATCH (w:Watch)
  WHERE NOT w.paused AND (position IS NULL OR position < change OR w.owed)
  WITH w ORDER BY w.id
  RETURN collect(w {.*}) AS watches
}
RETURN position, change, many, watches
