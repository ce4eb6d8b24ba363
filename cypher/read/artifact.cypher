// artifact: one page that was asked for, with its publisher and its text in passages.
// $id   STRING   32 hex digits, also of another address of the same text
// ->    artifact MAP of its properties, with source_name, source_reliability, also LIST<STRING>, passages LIST<STRING>
// door: GET /api/artifacts/{id}
// try:  :params {id: '9f2c'}
MATCH (asked:Document {id: $id})
WHERE asked.state IS NOT NULL
MATCH (d:Document {id: coalesce(asked.same_as, asked.id)})
OPTIONAL MATCH (d)-[:PUBLISHED_BY]->(s:Source)
WITH d, s ORDER BY s.name LIMIT 1
RETURN d {.id, .url, .title, .description, .language, .words, .quality, .content_hash, .method, .error_type, .reason,
          .job, .state, .decisions, .read_model, .read_failure, .published_at, .requested_at, .extracted_at,
          source_name: s.name, source_reliability: s.reliability,
          also: COLLECT { MATCH (o:Document {same_as: d.id}) WHERE o.url IS NOT NULL RETURN o.url ORDER BY o.url LIMIT 50 }
         } AS artifact,
       COLLECT { MATCH (d)-[:HAS_PASSAGE]->(p:Passage) RETURN p.text ORDER BY p.n } AS passages
