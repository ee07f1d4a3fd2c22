-- KEYS[1] the session; ARGV: its key, lastSeen as 8 bytes, the margin
local redis_key, key, seen_at, margin = KEYS[1], ARGV[1], ARGV[2], ARGV[3]

local header = header_at(redis_key)
if is_newer(header) then return 'NEWER' end
if not is_session(header, key) then return 'GONE' end

if millis(seen_at, 1) > seen(header) then
  redis.call('SETRANGE', redis_key, 17, seen_at)
  header = string.sub(header, 1, 17) .. seen_at .. string.sub(header, 26)
end
-- Also for an earlier touch: it was sent now, whatever the clock of its node says.
redis.call('PEXPIRE', redis_key, time_to_live(header, margin))
return 'DONE'
