// backup_ranked_day: the last day whose ranks were kept.
// ->     day STRING (no row before the first)
// door:  pentad backup
// try:   MATCH (p:Projection {name: 'rank_snapshot'}) RETURN p
MATCH (p:Projection {name: 'rank_snapshot'})
RETURN p.day AS day
