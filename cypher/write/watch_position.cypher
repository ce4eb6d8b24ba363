// watch_position: says up to where changes were looked at, if nobody else looked on meanwhile.
// $from  INTEGER  where the look began
// $to    INTEGER  where it ended
// ->     moved INTEGER (0: somebody else was faster)
// door:  what follows the change feed for watches
// try:   MATCH (p:Projection {name: 'watches'}) RETURN p.change
MATCH (p:Projection {name: 'watches'})
WHERE p.change = $from
SET p.change = $to
RETURN count(p) AS moved
