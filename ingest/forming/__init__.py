"""Which texts tell of one event: grouping by shared names across languages and shared words within one."""
