// outbox: takes the next change number and leaves what the projections (boards, co-mentions, feed) must follow.
// $change   INTEGER  the next number: the gate's last plus one
// $at       ZONED DATETIME  when the batch was recorded
// $payload  STRING   JSON, see docs/graph.md "Outbox"
// ->        change INTEGER
// door:     every write that changes events, mentions or identity
// try:      MATCH (o:Outbox) RETURN o ORDER BY o.change DESC LIMIT 5
MATCH (g:Gate {name: 'gate'})
WHERE g.change = $change - 1
SET g.change = $change
CREATE (o:Outbox {change: $change, at: $at, payload: $payload})
RETURN o.change AS change
