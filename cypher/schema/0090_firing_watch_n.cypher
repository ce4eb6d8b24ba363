// 0090_firing_watch_n: what a watch told, in order.
CREATE INDEX firing_watch_n IF NOT EXISTS
FOR (n:Firing) ON (n.watch, n.n)
