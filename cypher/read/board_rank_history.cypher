// board_rank_history: months of the daily places of entity keys, oldest first.
// $ids   LIST<STRING>  key + ':' + month, such as '9f2c…:2026-01'
// ->     key STRING, month STRING, days LIST<INTEGER> of the month, ranks LIST<INTEGER>, scores LIST<FLOAT>, one each a day
// door:  GET /api/entities/{key}/rank?history=30
// try:   :params {ids: ['9f2c…:2026-01']}
UNWIND $ids AS id
MATCH (h:RankHistory {id: id})
RETURN h.key AS key, h.month AS month, h.days AS days, h.ranks AS ranks, h.scores AS scores
ORDER BY month
