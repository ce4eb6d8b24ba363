-- standing: place and value of one member of one board.
-- KEYS  landmark, sequence, board
-- ARGV  landmark, floor as a board value, member
-- ->    {'read', sequence, total, place from 0 or '', value or ''} or {'moved', landmark that holds now}
local held = redis.call('GET', KEYS[1])
if held ~= ARGV[1] then return {'moved', held or ''} end
local place, value = redis.call('ZREVRANK', KEYS[3], ARGV[3]), redis.call('ZSCORE', KEYS[3], ARGV[3])
return {
  'read', redis.call('GET', KEYS[2]) or '-1', redis.call('ZCOUNT', KEYS[3], ARGV[2], '+inf'), place or '', value or ''
}
