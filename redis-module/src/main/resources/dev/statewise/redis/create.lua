-- KEYS[1] the session; ARGV: its value, the margin
local redis_key, value, margin = KEYS[1], ARGV[1], ARGV[2]

local header = header_at(redis_key)
if is_newer(header) then return 'NEWER' end
if redis.call('EXISTS', redis_key) == 1 then
  local own = is_session(header, session_key(value)) and secret_hash(header) == secret_hash(value)
  return own and 'DONE' or 'TAKEN'
end
redis.call('SET', redis_key, value, 'PX', time_to_live(value, margin))
return 'DONE'
