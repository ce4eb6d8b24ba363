// feed_drop: a feed that is not polled any more.
// $id     STRING
// $url    STRING  its address, which may be told in the place of the id
// ->      f MAP
// door:   DELETE /api/feeds/{id}
// try:    MATCH (f:Feed) RETURN f
MATCH (f:Feed)
WHERE f.id = $id OR f.url = $url
WITH f, properties(f) AS told
DETACH DELETE f
RETURN told AS f
