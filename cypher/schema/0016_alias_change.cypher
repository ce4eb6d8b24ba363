// 0016_alias_change: an index in memory catches up from the change number it was built at.
CREATE INDEX alias_change IF NOT EXISTS
FOR (n:Alias) ON (n.change)
