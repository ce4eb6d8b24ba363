-- apply: the changes FIRST..LAST on the boards of one group, exactly once.
-- KEYS  landmark, sequence, all, each kind that is touched: every one where there are sets
-- ARGV  landmark, first, last, n of sets, then (member, its board's place in KEYS, value) for each,
--       then by board: place in KEYS, n, (member, increment) for each
-- ->    {'applied' | 'known' | 'gap' | 'partial', sequence} or {'moved', landmark that holds now}
local held = redis.call('GET', KEYS[1])
if held ~= ARGV[1] then return {'moved', held or ''} end
local sequence = tonumber(redis.call('GET', KEYS[2]) or '-1')
local first, last = tonumber(ARGV[2]), tonumber(ARGV[3])
if sequence >= last then return {'known', sequence} end
if sequence + 1 > first then return {'partial', sequence} end
if sequence + 1 < first then return {'gap', sequence} end

-- The first write is one that a full or read-only server refuses: then nothing of the script happens.
redis.call('SET', KEYS[2], ARGV[3])
local at = 5
for _ = 1, tonumber(ARGV[4]) do
  local member, place, value = ARGV[at], tonumber(ARGV[at + 1]), ARGV[at + 2]
  local gone = tonumber(value) == 0
  for i = 3, #KEYS do
    if not gone and (i == 3 or i == place) then
      redis.call('ZADD', KEYS[i], value, member)
    else
      redis.call('ZREM', KEYS[i], member)
    end
  end
  at = at + 3
end
while at <= #ARGV do
  local board, n = KEYS[tonumber(ARGV[at])], tonumber(ARGV[at + 1])
  at = at + 2
  for _ = 1, n do
    redis.call('ZINCRBY', KEYS[3], ARGV[at + 1], ARGV[at])
    redis.call('ZINCRBY', board, ARGV[at + 1], ARGV[at])
    at = at + 2
  end
end
return {'applied', last}
