// 0044_event_texts: full text over titles and texts of events.
CREATE FULLTEXT INDEX event_texts IF NOT EXISTS
FOR (n:Event) ON EACH [n.title, n.text]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-no-stop-words'}}
