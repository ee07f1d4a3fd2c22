-- KEYS[1] the session; ARGV: the successor's value, the version that must be there, the margin
local redis_key, value, expected, margin = KEYS[1], ARGV[1], ARGV[2], ARGV[3]

local header = header_at(redis_key)
if is_newer(header) then return 'NEWER' end
if not is_session(header, session_key(value)) then return 'GONE' end
if version(header) == version(value) and tag(header) == tag(value) then return 'DONE' end
if version(header) ~= expected then return 'CONFLICT' end

if seen(header) > seen(value) then
  value = string.sub(value, 1, 17) .. seen_bytes(header) .. string.sub(value, 26)
end
redis.call('SET', redis_key, value, 'PX', time_to_live(value, margin))
return 'DONE'
