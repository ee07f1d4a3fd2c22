-- KEYS[1] the session; unless it is anonymous, [2] its subject's index and [3] what never exists;
-- ARGV: its value, the margin
local redis_key, index_key, value, margin = KEYS[1], KEYS[2], ARGV[1], ARGV[2]

local header = header_at(redis_key)
if is_newer(header) then return 'NEWER' end
if redis.call('EXISTS', redis_key) == 1 then
  return is_same(header, value) and 'DONE' or 'TAKEN'
end
if not index_key then
  redis.call('SET', redis_key, value, 'PX', time_to_live(value, margin))
  return 'DONE'
end

-- One entry comes and two are looked at, so that an index that nobody reads is not much longer than
-- twice the sessions that are there.
local first = redis.call('LRANGE', index_key, 0, 1)
local left = #first > 0 and time_left(index_key, margin) or 0
local added = {}
for _, handle in ipairs(first) do
  if redis.call('EXISTS', sessions_of(index_key) .. handle) == 1 then added[#added + 1] = handle end
end
added[#added + 1] = string.sub(redis_key, -HANDLE)

redis.call('SET', redis_key, value, 'PX', time_to_live(value, margin))
if #first > 0 then redis.call('LTRIM', index_key, #first, -1) end
append(index_key, added)
keep(index_key, math.max(left, to_absolute_end(value) + tonumber(margin)))
return 'DONE'
