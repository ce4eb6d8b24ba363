// board_due: whether any event waits whose time has come.
// $now   INTEGER  epoch milliseconds
// ->     due BOOLEAN
// door:  the sweeper (every minute)
// try:   :params {now: 1735689600000}
// The hint: nearly every event has ts <= $now, few wait, and the planner knows neither.
RETURN EXISTS {
  MATCH (e:Event {boarded: false})
  USING INDEX SEEK e:Event(boarded)
  WHERE e.ts <= $now
} AS due
