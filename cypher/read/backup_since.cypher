// backup_since: keys of what bears a change number after one.
// $change  INTEGER
// ->       events, aliases, judgements, changes LIST<STRING>, changed (aliases that history is told of), documents,
//          claims, event_judgements LIST<STRING>
// door:    pentad backup
// try:     :params {change: 0}
CALL () { MATCH (e:Event) WHERE e.change > $change RETURN collect(e.id) AS events }
CALL () { MATCH (a:Alias) WHERE a.change > $change RETURN collect(a.key) AS aliases }
CALL () { MATCH (j:Judgement) WHERE j.change > $change RETURN collect(j.id) AS judgements }
CALL () {
  MATCH (c:Change) WHERE c.change > $change
  OPTIONAL MATCH (c)-[:OF]->(a:Alias)
  RETURN collect(c.id) AS changes, collect(DISTINCT a.key) AS changed
}
CALL () { MATCH (d:Document) WHERE d.change > $change RETURN collect(d.id) AS documents }
CALL () { MATCH (c:Claim) WHERE c.change > $change RETURN collect(c.id) AS claims }
CALL () { MATCH (j:EventJudgement) WHERE j.change > $change RETURN collect(j.id) AS event_judgements }
RETURN events, aliases, judgements, changes, changed, documents, claims, event_judgements
