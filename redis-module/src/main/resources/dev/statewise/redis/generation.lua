-- Stands in front of the scripts that say what is refused. A generation is the time since when this
-- server's data has lost no refusal; its value is: format, since and seen (8 bytes each), run id.
-- ARGV[1] to [7]: whether to look who the server is in any case; since when a new generation is to
-- be; since when the first one is; the latest one that the caller has seen, or -1; whether data
-- outlives a restart; whether it is with the replicas; for how many milliseconds to keep the value.
local GENERATION, RUN_AT = 1, 18

local function at(value, place)
  local high, low = struct.unpack('>I4I4', value, place)
  return high * 4294967296 + low
end
local function eight_bytes(number)
  return struct.pack('>I4I4', math.floor(number / 4294967296), number % 4294967296)
end
local function decimal(number) return string.format('%.0f', number) end

-- A replica may be behind, and a master without the replicas that its settings ask for may have been
-- replaced: neither can say what is refused. A write that changes nothing finds out.
local function why_not_asked(key)
  local tried = redis.pcall('SETRANGE', key, 0, '')
  local why = type(tried) == 'table' and tried.err or ''
  for _, code in ipairs({'READONLY', 'NOREPLICAS'}) do
    if string.find(why, code, 1, true) then
      return redis.error_reply(code .. ' This server cannot say what is refused')
    end
  end
end

-- Since when no refusal was lost, and the server's run id if it was looked at; or an error reply.
local function generation(key)
  local look, known, keep = ARGV[1] == '1', tonumber(ARGV[4]), ARGV[7]
  local refused = why_not_asked(key)
  if refused then return refused end
  local seconds = tonumber(redis.call('TIME')[1])
  local stored = redis.call('GET', key)
  if stored and (#stored < RUN_AT or string.byte(stored, 1) ~= GENERATION) then
    return redis.error_reply('GENERATION of a format that this version does not know')
  end
  local since, seen = -1, -1
  if stored then since, seen = at(stored, 2), at(stored, 10) end
  -- Looking costs the server more than all the rest, so once a second will do beside the caller's
  -- own looks: at a server that did not know this script, which a restart and a failover make of it.
  if not look and stored and seen == seconds and since >= known then return since end

  local server = redis.call('INFO', 'server')
  local run = string.match(server, 'run_id:(%w+)')
  local started = seconds - tonumber(string.match(server, 'uptime_in_seconds:(%d+)'))
  local lost = not stored or since < known
  if stored and string.sub(stored, RUN_AT) ~= run then
    -- One that was up already when this was written has it from its master; else it is a restart.
    local kept = started < seen and ARGV[6] == '1' or started >= seen and ARGV[5] == '1'
    lost = lost or not kept
  end
  if lost then
    local first = not stored and known < 0
    -- Later than the one before, at whose very beginning somebody may have logged in.
    since = first and tonumber(ARGV[3]) or math.max(tonumber(ARGV[2]), since + 1, known + 1)
  end
  -- Many may look within a second; what they would write is there.
  if not lost and seen == seconds and string.sub(stored, RUN_AT) == run then return since, run end
  local value = string.char(GENERATION) .. eight_bytes(since) .. eight_bytes(seconds) .. run
  -- A full server or disk may refuse this. Unless something was lost, what is there will do.
  local written = redis.pcall('SET', key, value, 'PX', keep)
  if lost and written.err then return redis.error_reply('GENERATION cannot be written') end
  return since, run
end
