// artifacts_known: documents that are what somebody asks for: by address, by text, or known only through events.
// $canonicals  LIST<STRING>  addresses in their one form
// $hashes      LIST<STRING>  of texts
// $ids         LIST<STRING>
// ->           id, canonical, content_hash, state, same_as STRING
// door:        POST /api/artifacts
// try:         :params {canonicals: ['https://post.example/1'], hashes: [], ids: []}
CALL () {
  UNWIND $canonicals AS one
  MATCH (d:Document {canonical: one})
  RETURN d
  UNION
  UNWIND $hashes AS one
  MATCH (d:Document {content_hash: one})
  RETURN d
  UNION
  UNWIND $ids AS one
  MATCH (d:Document {id: one})
  RETURN d
}
RETURN d.id AS id, d.canonical AS canonical, d.content_hash AS content_hash, d.state AS state, d.same_as AS same_as
ORDER BY id
