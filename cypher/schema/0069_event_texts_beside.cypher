// 0069_event_texts_beside: full text over titles and texts of events, brought up beside the commit; who reads it awaits it.
CREATE FULLTEXT INDEX event_texts IF NOT EXISTS
FOR (n:Event) ON EACH [n.title, n.text]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-no-stop-words', `fulltext.eventually_consistent`: true}}
