// answers_epoch: the number of the last batch, how often what readers are shown was changed, and how far co-mentions of hubs follow.
// ->      change INTEGER, shown INTEGER, followed INTEGER
// door:   every door whose answers are kept
// try:    MATCH (g:Gate) RETURN g.change, g.shown
MATCH (g:Gate)
OPTIONAL MATCH (p:Projection {name: 'co_mentions'})
RETURN g.change AS change, coalesce(g.shown, 0) AS shown, coalesce(p.change, 0) AS followed
