-- Raises a floor that only rises. KEYS[1] the floor; ARGV: its value (format, write tag, floor), and
-- for how many milliseconds to keep it. Floor has the same places; here they count from 1.
local FORMAT, LENGTH = 1, 17
local redis_key, value, keep = KEYS[1], ARGV[1], tonumber(ARGV[2])

-- A floor may be any 64-bit number, which a Lua number cannot hold: the halves are compared.
local function is_below(one, other)
  local high, low = struct.unpack('>I4I4', one, 10)
  local other_high, other_low = struct.unpack('>I4I4', other, 10)
  return high < other_high or (high == other_high and low < other_low)
end

local stored = redis.call('GET', redis_key)
if not stored then
  redis.call('SET', redis_key, value, 'PX', string.format('%.0f', keep))
  return 'DONE'
end
if #stored > 0 and string.byte(stored, 1) > FORMAT then return 'NEWER' end
if #stored ~= LENGTH or string.byte(stored, 1) ~= FORMAT then return 'UNREADABLE' end

-- The time left is compared with the time asked for, so no clock but the server's ticking counts.
local longest = string.format('%.0f', math.max(keep, redis.call('PTTL', redis_key)))
if is_below(stored, value) then
  redis.call('SET', redis_key, value, 'PX', longest)
  return 'DONE'
end
redis.call('PEXPIRE', redis_key, longest)
return stored == value and 'DONE' or 'ALREADY'
