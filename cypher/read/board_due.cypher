// board_due: whether any event waits whose time has come.
// $now   INTEGER  epoch milliseconds
// ->     due BOOLEAN
// door:  the sweeper (every minute)
// try:   :params {now: 1735689600000}
RETURN EXISTS { MATCH (e:Event {boarded: false}) WHERE e.ts <= $now } AS due
