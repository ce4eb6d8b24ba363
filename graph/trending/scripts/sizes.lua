-- sizes: how many members each board of a group holds; purges those under the floor first when one is given.
-- KEYS  landmark, sequence, all, each kind
-- ARGV  landmark, floor as a board value or ''
-- ->    {'read', sequence, purged, {size, ...}} or {'moved', landmark that holds now}
local held = redis.call('GET', KEYS[1])
if held ~= ARGV[1] then return {'moved', held or ''} end
local purged, sizes = 0, {}
for i = 3, #KEYS do
  if ARGV[2] ~= '' then purged = purged + redis.call('ZREMRANGEBYSCORE', KEYS[i], '-inf', '(' .. ARGV[2]) end
  sizes[#sizes + 1] = redis.call('ZCARD', KEYS[i])
end
return {'read', redis.call('GET', KEYS[2]) or '-1', purged, sizes}
