// 0017_alias_normalised: search by prefix.
CREATE INDEX alias_normalised IF NOT EXISTS
FOR (n:Alias) ON (n.normalised)
