// metrics_graph: the change number, how far co-mentions follow, and how many jobs there are in each state.
// ->     change INTEGER, followed INTEGER, jobs LIST of [state, count]
// door:  GET /metrics
// try:   MATCH (j:Job) RETURN j.state, count(*)
OPTIONAL MATCH (g:Gate {name: 'gate'})
OPTIONAL MATCH (p:Projection {name: 'co_mentions'})
UNWIND ['queued', 'running', 'done', 'dead', 'cancelled'] AS state
WITH coalesce(g.change, 0) AS change, coalesce(p.change, 0) AS followed, state,
     COUNT { MATCH (j:Job) WHERE j.state = state } AS jobs
RETURN change, followed, collect([state, jobs]) AS jobs
