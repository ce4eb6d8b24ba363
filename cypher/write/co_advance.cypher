// co_advance: says that the kept co-mentions are true at a change number.
// $change  INTEGER  the number
// ->       followed INTEGER
// door:    the co-mention projection
// try:     MATCH (p:Projection {name: 'co_mentions'}) RETURN p
MATCH (p:Projection {name: 'co_mentions'})
SET p.change = $change
RETURN p.change AS followed
