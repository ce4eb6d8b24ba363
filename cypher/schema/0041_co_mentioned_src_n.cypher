// 0041_co_mentioned_src_n: co-mentions of a hub, most shared events first.
CREATE INDEX co_mentioned_src_n IF NOT EXISTS
FOR ()-[c:CO_MENTIONED]-() ON (c.src, c.n)
