// quality_names: all names that are resolved by likeness, with their kinds.
// ->      key STRING, kind STRING, family STRING, born INTEGER
// door:   pentad quality, GET /api/quality
// try:    MATCH (a:Alias) RETURN a.kind, count(*) ORDER BY count(*) DESC
MATCH (a:Alias)
WHERE a.family IN ['person', 'collective', 'place', 'unspecified']
RETURN a.key AS key, a.kind AS kind, a.family AS family, a.born AS born
