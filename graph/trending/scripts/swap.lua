-- swap: puts the boards of a finished shadow in the place of those that hold, with their landmark and sequence.
-- KEYS  landmark, new sequence, shadow's count of puts, then (shadow board, new board) for each, then what goes
-- ARGV  landmark that holds now or '', new landmark, new sequence, puts expected, n of boards
-- ->    {'swapped'}, {'lost'} when the shadow is not whole (an emptied server), or {'moved', landmark that holds now}
local held = redis.call('GET', KEYS[1])
if (held or '') ~= ARGV[1] then return {'moved', held or ''} end
if redis.call('GET', KEYS[3]) ~= ARGV[4] then return {'lost'} end

-- The first write is one that a full or read-only server refuses: then nothing of the script happens.
redis.call('SET', KEYS[1], ARGV[2])
redis.call('SET', KEYS[2], ARGV[3])
local after = 3 + 2 * tonumber(ARGV[5])
for i = 4, after, 2 do
  -- UNLINK frees a large set beside the main thread, which a RENAME over it would not.
  redis.call('UNLINK', KEYS[i + 1])
  if redis.call('EXISTS', KEYS[i]) == 1 then
    redis.call('RENAME', KEYS[i], KEYS[i + 1])
    redis.call('PERSIST', KEYS[i + 1])
  end
end
redis.call('UNLINK', KEYS[3])
for i = after + 1, #KEYS do redis.call('UNLINK', KEYS[i]) end
return {'swapped'}
