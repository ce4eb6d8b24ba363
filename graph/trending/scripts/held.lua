-- held: what the boards of a group hold for some members, on `all` and on the board of their kind.
-- KEYS  landmark, sequence, all, each kind
-- ARGV  landmark, '', then (member, its board's place in KEYS) for each
-- ->    {'read', sequence, {value on all or '', value on its kind or '', ...}} or {'moved', landmark that holds now}
local held = redis.call('GET', KEYS[1])
if held ~= ARGV[1] then return {'moved', held or ''} end
local found = {}
for at = 3, #ARGV, 2 do
  found[#found + 1] = redis.call('ZSCORE', KEYS[3], ARGV[at]) or ''
  found[#found + 1] = redis.call('ZSCORE', KEYS[tonumber(ARGV[at + 1])], ARGV[at]) or ''
end
return {'read', redis.call('GET', KEYS[2]) or '-1', found}
