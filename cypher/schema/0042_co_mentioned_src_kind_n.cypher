// 0042_co_mentioned_src_kind_n: the same within one kind.
CREATE INDEX co_mentioned_src_kind_n IF NOT EXISTS
FOR ()-[c:CO_MENTIONED]-() ON (c.src, c.kind, c.n)
