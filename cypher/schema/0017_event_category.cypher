// 0017_event_category: events of a category.
CREATE INDEX event_category IF NOT EXISTS
FOR (n:Event) ON (n.category)
