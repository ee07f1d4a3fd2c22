-- Raises a floor that only rises, and tells the log of it. KEYS: the floor, and the log unless that
-- lies in another slot and was told before. ARGV: the floor's value (format, write tag, floor), for
-- how many milliseconds to keep it, its name in the log, until when it lasts by the clock of the
-- node. Floor has the same places; here they count from 1.
local FORMAT, LENGTH, FLOOR_AT = 1, 17, 10
local SECOND = 1000
local redis_key, log, value, keep = KEYS[1], KEYS[2], ARGV[1], tonumber(ARGV[2])

-- A floor may be any 64-bit number, which a Lua number cannot hold: the halves are compared.
local function is_below(one, other)
  local high, low = struct.unpack('>I4I4', one, FLOOR_AT)
  local other_high, other_low = struct.unpack('>I4I4', other, FLOOR_AT)
  return high < other_high or (high == other_high and low < other_low)
end

local stored, last = redis.call('GET', redis_key), log and last_id(log)
if stored and #stored > 0 and string.byte(stored, 1) > FORMAT then return 'NEWER' end
if stored and (#stored ~= LENGTH or string.byte(stored, 1) ~= FORMAT) then return 'UNREADABLE' end

-- The time left is compared with the time asked for, so no clock but the server's ticking counts.
local left = redis.call('PTTL', redis_key)
local longest = math.max(keep, left)
if not stored or is_below(stored, value) then
  redis.call('SET', redis_key, value, 'PX', millis(longest))
  if log then tell(log, string.sub(value, FLOOR_AT), last, longest) end
  return 'DONE'
end
-- Within the margin a second does not count; so what is refused again and again fills no log.
local extended = keep - left >= SECOND
-- Also if it is to last no longer: WAIT asks the replicas for what this connection wrote.
redis.call('PEXPIRE', redis_key, millis(extended and keep or math.max(left, 1)))
if extended and log then tell(log, string.sub(stored, FLOOR_AT), last, keep) end
return stored == value and 'DONE' or 'ALREADY'
