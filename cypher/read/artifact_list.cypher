// artifact_list: pages that were asked for, in any state, the last first.
// $at     STRING|NULL  the page after the one asked for at this ISO 8601 time in Z …
// $after  STRING|NULL  … with this id
// $limit  INTEGER      rows at most, 1..201
// ->      rows LIST<MAP> of properties, without text
// door:   GET /api/artifacts
// try:    :params {at: null, after: null, limit: 20}
MATCH (d:Document)
USING INDEX SEEK d:Document(requested_at, id)
WHERE d.requested_at <= datetime(coalesce($at, '9999-12-31T23:59:59Z')) AND d.id IS NOT NULL
  AND d.same_as IS NULL
  AND ($after IS NULL OR d.requested_at < datetime($at) OR d.id < $after)
WITH d ORDER BY d.requested_at DESC, d.id DESC LIMIT $limit
RETURN collect(d {.id, .url, .title, .description, .language, .words, .quality, .content_hash, .method, .error_type,
                  .reason, .job, .state, .decisions, .published_at, .requested_at, .extracted_at}) AS rows
