// artifact_same: a page whose text is that of another one: it leads there, and so does what led to it.
// $id    STRING
// $same  STRING  id of the one that has the text
// $change  INTEGER  the number that the batch takes
// $at    ZONED DATETIME
// ->     moved INTEGER
// door:  pentad worker
// try:   MATCH (d:Document) WHERE d.same_as IS NOT NULL RETURN d.url, d.same_as
MATCH (d:Document {id: $id})
MATCH (o:Document {id: $same})
REMOVE d.raw, d.error_type, d.reason
SET d.same_as = o.id, d.state = o.state, d.extracted_at = $at, d.change = $change
WITH d, o
OPTIONAL MATCH (before:Document {same_as: d.id})
SET before.same_as = o.id
RETURN count(before) AS moved
