// 0070_alias_names_drop: makes room for the same full text kept beside the commit.
DROP INDEX alias_names IF EXISTS
