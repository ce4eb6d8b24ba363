// facts_words: judgements on statements, by either of the two.
// $ids       LIST<STRING>  ids of relationships
// $known_at  ZONED DATETIME|NULL  those that stood then, or that stand
// ->         j MAP
// door:      whatever writes relationships, GET /api/entities/{key}/facts, pentad check
// try:       :params {ids: ['9f2c…'], known_at: NULL}
UNWIND $ids AS id
CALL (id) {
  MATCH (j:FactJudgement {older: id}) RETURN j
  UNION
  MATCH (j:FactJudgement {newer: id}) RETURN j
}
WITH DISTINCT j
WHERE CASE WHEN $known_at IS NULL THEN j.revoked_at IS NULL
           ELSE j.at <= $known_at AND (j.revoked_at IS NULL OR j.revoked_at > $known_at) END
RETURN properties(j) AS j ORDER BY j.at, j.id
