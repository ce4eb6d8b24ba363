// 0067_alias_behind: names whose mentions still follow to another entity.
CREATE INDEX alias_behind IF NOT EXISTS
FOR (a:Alias) ON (a.behind)
