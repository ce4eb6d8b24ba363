-- top: a page of one board, best first, and how many members stand above the floor.
-- KEYS  landmark, sequence, board
-- ARGV  landmark, floor as a board value, offset, limit
-- ->    {'read', sequence, total, {member, value, ...}} or {'moved', landmark that holds now}
local held = redis.call('GET', KEYS[1])
if held ~= ARGV[1] then return {'moved', held or ''} end
local from = tonumber(ARGV[3])
local rows = redis.call('ZRANGE', KEYS[3], from, from + tonumber(ARGV[4]) - 1, 'REV', 'WITHSCORES')
return {'read', redis.call('GET', KEYS[2]) or '-1', redis.call('ZCOUNT', KEYS[3], ARGV[2], '+inf'), rows}
