// site_attempt: one more attempt at a page of a host, the last 50 are kept.
// $host     STRING
// $attempt  STRING   JSON: rung, outcome, at in epoch seconds, milliseconds, words
// ->        attempts INTEGER
// door:     pentad worker
// try:      MATCH (s:Site) RETURN s.host, size(s.attempts) AS attempts ORDER BY attempts DESC LIMIT 20
MERGE (s:Site {host: $host})
SET s.attempts = (coalesce(s.attempts, []) + $attempt)[-50..]
RETURN size(s.attempts) AS attempts
