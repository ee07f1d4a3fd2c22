-- The log of refusals is a stream, which nodes follow. Each entry names the one before it, so that a
-- follower sees whether it missed one.
local TRIMMED_AT_ONCE = 16
local MOVED_AT_ONCE = 2

local function last_id(log)
  if redis.call('EXISTS', log) == 0 then return '0-0' end
  local info = redis.call('XINFO', 'STREAM', log)
  for i = 1, #info, 2 do
    if info[i] == 'last-generated-id' then return info[i + 1] end
  end
  return redis.error_reply('LOG has no last id')
end

local function millis(number) return string.format('%.0f', number) end

local function field(fields, name)
  for i = 1, #fields, 2 do
    if fields[i] == name then return fields[i + 1] end
  end
end

-- Adds an entry behind the one named last, and returns its own name.
local function add(log, floor_name, floor, lasts, last, over)
  return redis.call('XADD', log, '*', 'n', floor_name, 'f', floor, 'u', lasts, 'p', last, 'd', over)
end

-- An entry says when its floor will have been kept long enough, and the oldest go first. One that is
-- kept longer than the newest is would hold up those behind it, so it is told anew at the end: twice
-- at most, so that a log has no more than a constant times the entries that are not over.
local function trim(log, now, newest, newest_over)
  local moved = 0
  for _, entry in ipairs(redis.call('XRANGE', log, '-', '+', 'COUNT', TRIMMED_AT_ONCE)) do
    local fields = entry[2]
    local over = tonumber(field(fields, 'd'))
    if over >= now then
      if over <= newest_over or moved == MOVED_AT_ONCE then return end
      moved = moved + 1
      newest = add(log, field(fields, 'n'), field(fields, 'f'), field(fields, 'u'), newest, field(fields, 'd'))
    end
    redis.call('XDEL', log, entry[1])
  end
end

-- Adds an entry: the name of its floor in ARGV[3], until when it lasts in ARGV[4].
local function tell(log, floor, last, kept)
  local time = redis.call('TIME')
  local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
  local added = add(log, ARGV[3], floor, ARGV[4], last, millis(now + kept))
  redis.call('PEXPIRE', log, millis(math.max(kept, redis.call('PTTL', log))))
  trim(log, now, added, now + kept)
end
