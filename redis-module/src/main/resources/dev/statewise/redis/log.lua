-- The log of refusals is a stream, which nodes follow. Each entry names the one before it, so that a
-- follower sees whether it missed one.
local TRIMMED_AT_ONCE = 16

local function last_id(log)
  if redis.call('EXISTS', log) == 0 then return '0-0' end
  local info = redis.call('XINFO', 'STREAM', log)
  for i = 1, #info, 2 do
    if info[i] == 'last-generated-id' then return info[i + 1] end
  end
  return redis.error_reply('LOG has no last id')
end

local function millis(number) return string.format('%.0f', number) end

-- An entry says when its floor will have been kept long enough. The oldest go first, so one with a
-- long time holds up those behind it: the log has what was refused within the longest time.
local function trim(log, now)
  for _, entry in ipairs(redis.call('XRANGE', log, '-', '+', 'COUNT', TRIMMED_AT_ONCE)) do
    local fields, over = entry[2], false
    for i = 1, #fields, 2 do
      over = over or (fields[i] == 'd' and tonumber(fields[i + 1]) < now)
    end
    if not over then return end
    redis.call('XDEL', log, entry[1])
  end
end

-- Adds an entry: the name of its floor in ARGV[3], until when it lasts in ARGV[4].
local function tell(log, floor, last, kept)
  local time = redis.call('TIME')
  local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
  redis.call('XADD', log, '*', 'n', ARGV[3], 'f', floor, 'u', ARGV[4], 'p', last, 'd', millis(now + kept))
  redis.call('PEXPIRE', log, millis(math.max(kept, redis.call('PTTL', log))))
  trim(log, now)
end
