// live_mentions: how many mentions there are.
// ->       n INTEGER
// door:    python -m bench --only peers
// try:     MATCH (:Event)-[m:WHO]->(:Entity) RETURN count(m)
MATCH (:Event)-[m:WHO|WHAT|WHERE|WHEN|WHY]->(:Entity)
RETURN count(m) AS n
