// 0071_alias_names_beside: full text over names in any script, no word left out, brought up beside the commit; who
// reads it awaits it.
CREATE FULLTEXT INDEX alias_names IF NOT EXISTS
FOR (n:Alias) ON EACH [n.name, n.normalised]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-no-stop-words', `fulltext.eventually_consistent`: true}}
