// 0043_alias_names: full text over names in any script, no word left out.
CREATE FULLTEXT INDEX alias_names IF NOT EXISTS
FOR (n:Alias) ON EACH [n.name, n.normalised]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-no-stop-words'}}
