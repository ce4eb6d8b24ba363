// 0013_gate_node: the one write lock, at change number 0.
MERGE (g:Gate {name: 'gate'})
ON CREATE SET g.change = 0
