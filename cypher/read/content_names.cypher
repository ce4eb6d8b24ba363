// content_names: the names that a content speaks of: those of who and where in the events that it reports, and those found in its text.
// $id    STRING   document id
// ->     aliases LIST<STRING> (keys)
// door:  POST /api/contents/{id}/read
// try:   :params {id: '9f2c…'}
MATCH (d:Document {id: $id})
CALL (d) {
  MATCH (d)<-[r:REPORTED_IN]-(:Event)-[m:WHO|WHERE]->(:Entity)
  WHERE r.closed_at IS NULL AND m.kid IS NOT NULL
  RETURN m.alias AS alias
  UNION
  MATCH (d)-[n:NAMES_ENTITY]->(:Entity)
  WHERE coalesce(n.w, 'WHO') IN ['WHO', 'WHERE']
  RETURN n.alias AS alias
}
RETURN collect(DISTINCT alias) AS aliases
