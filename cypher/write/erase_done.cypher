// erase_done: notes that something was erased up to a change number, so that every index of names is made anew.
// $id      STRING     id of the retraction, of which only counts, reason and author stay
// $change  INTEGER    number of the batch
// ->       state STRING
// door:    POST /api/retractions with erase
// try:     MATCH (g:Gate) RETURN g.erased
MATCH (g:Gate {name: 'gate'})
SET g.erased = $change
WITH g
MATCH (r:Retraction {id: $id})
SET r.state = 'erased'
REMOVE r.target, r.name
RETURN r.state AS state
