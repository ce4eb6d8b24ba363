// artifacts: pages that somebody asked to have read, newest first, with how that ended and why.
// $limit  INTEGER  rows at most
// ->      state STRING, error STRING, words INTEGER, language STRING, title STRING, reason STRING, url STRING, id STRING
// door:   GET /api/artifacts
// try:    :params {limit: 25}
MATCH (d:Document)
WHERE d.requested_at IS NOT NULL AND d.same_as IS NULL
RETURN d.state AS state, d.error_type AS error, d.words AS words, d.language AS language, d.title AS title,
       d.reason AS reason, d.url AS url, d.id AS id
ORDER BY d.requested_at DESC, id LIMIT $limit
