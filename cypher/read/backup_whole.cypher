// backup_whole: the small bookkeeping that a backup takes whole, with the last outbox record.
// ->     labels LIST<STRING>, props MAP
// door:  pentad backup
// try:   MATCH (j:Job) RETURN j LIMIT 10
MATCH (n:Watch|Firing|Load|ApiKey|Job|Site|Predicate|FactJudgement|Retraction|Feed|Audit)
RETURN labels(n) AS labels, properties(n) AS props
UNION ALL
MATCH (n:Projection) WHERE n.change IS NULL
RETURN labels(n) AS labels, properties(n) AS props
UNION ALL
MATCH (g:Gate {name: 'gate'})
MATCH (n:Outbox {change: g.change})
RETURN labels(n) AS labels, properties(n) AS props
