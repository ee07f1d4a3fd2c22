-- Raises a floor that only rises, and tells the log of it. KEYS: the floor, the log. ARGV: its value
-- (format, write tag, floor), for how many milliseconds to keep it, its name in the log, until when
-- it lasts by the clock of the node. Floor has the same places; here they count from 1.
local FORMAT, LENGTH, FLOOR_AT = 1, 17, 10
local TRIMMED_AT_ONCE, SECOND = 16, 1000
local redis_key, log, value, keep = KEYS[1], KEYS[2], ARGV[1], tonumber(ARGV[2])

local function millis(number) return string.format('%.0f', number) end

-- A floor may be any 64-bit number, which a Lua number cannot hold: the halves are compared.
local function is_below(one, other)
  local high, low = struct.unpack('>I4I4', one, FLOOR_AT)
  local other_high, other_low = struct.unpack('>I4I4', other, FLOOR_AT)
  return high < other_high or (high == other_high and low < other_low)
end

-- An entry says when its floor will have been kept long enough. The oldest go first, so one with a
-- long time holds up those behind it: the log has what was refused within the longest time.
local function trim(now)
  for _, entry in ipairs(redis.call('XRANGE', log, '-', '+', 'COUNT', TRIMMED_AT_ONCE)) do
    local fields, over = entry[2], false
    for i = 1, #fields, 2 do
      over = over or (fields[i] == 'd' and tonumber(fields[i + 1]) < now)
    end
    if not over then return end
    redis.call('XDEL', log, entry[1])
  end
end

local function tell(floor, last, kept)
  local time = redis.call('TIME')
  local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
  redis.call('XADD', log, '*', 'n', ARGV[3], 'f', floor, 'u', ARGV[4], 'p', last, 'd', millis(now + kept))
  redis.call('PEXPIRE', log, millis(math.max(kept, redis.call('PTTL', log))))
  trim(now)
end

local stored, last = redis.call('GET', redis_key), last_id(log)
if stored and #stored > 0 and string.byte(stored, 1) > FORMAT then return 'NEWER' end
if stored and (#stored ~= LENGTH or string.byte(stored, 1) ~= FORMAT) then return 'UNREADABLE' end

-- The time left is compared with the time asked for, so no clock but the server's ticking counts.
local left = redis.call('PTTL', redis_key)
local longest = math.max(keep, left)
if not stored or is_below(stored, value) then
  redis.call('SET', redis_key, value, 'PX', millis(longest))
  tell(string.sub(value, FLOOR_AT), last, longest)
  return 'DONE'
end
-- Within the margin a second does not count; so what is refused again and again fills no log.
local extended = keep - left >= SECOND
-- Also if it is to last no longer: WAIT asks the replicas for what this connection wrote.
redis.call('PEXPIRE', redis_key, millis(extended and keep or math.max(left, 1)))
if extended then tell(string.sub(stored, FLOOR_AT), last, keep) end
return stored == value and 'DONE' or 'ALREADY'
