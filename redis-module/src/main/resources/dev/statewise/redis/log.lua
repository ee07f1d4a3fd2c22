-- The log of refusals is a stream, which nodes follow. Each entry names the one before it, so that a
-- follower sees whether it missed one.
local function last_id(log)
  if redis.call('EXISTS', log) == 0 then return '0-0' end
  local info = redis.call('XINFO', 'STREAM', log)
  for i = 1, #info, 2 do
    if info[i] == 'last-generated-id' then return info[i + 1] end
  end
  return redis.error_reply('LOG has no last id')
end
