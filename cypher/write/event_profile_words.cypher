// event_profile_words: makes the full-text index of event profiles, no word left out.
// ->      (no row)
// door:   the profiles of entities and events (every 15 minutes)
// try:    SHOW FULLTEXT INDEXES
CREATE FULLTEXT INDEX event_profile_words IF NOT EXISTS
FOR (p:EventProfile) ON EACH [p.text]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-no-stop-words'}}
