-- Stands, after header.lua, in front of every script on a subject's index: a list of the handles of
-- its sessions. An entry is dead when its session's key is gone, or when it is there twice; whoever
-- reads the whole index takes the dead entries out, and a create looks at two.
--
-- The sessions' keys are made of the index's and not named in KEYS. They lie in its slot, and a slot
-- that is being moved runs no such script: the second key, which never exists, sees to that.
local HANDLE, SUBJECT_HASH, BATCH, FEW = 12, 43, 500, 8

-- The index's key is <prefix>{<slot>}:i:<hash of the subject>, a session's <prefix>{<slot>}:s:<handle>.
local function sessions_of(index_key) return string.sub(index_key, 1, -SUBJECT_HASH - 4) .. ':s:' end
local function slot_of(index_key) return string.sub(index_key, -SUBJECT_HASH - 7, -SUBJECT_HASH - 5) end

local function is_gone(redis_key, value)
  return #value == 0 and redis.call('EXISTS', redis_key) == 0
end

-- Whether a value is a session with this key and of this subject, whose text follows the header as
-- SessionCodec writes it. Another subject in the slot may have drawn the same handle.
local function is_of_subject(value, key, subject)
  return is_session(value, key)
    and string.sub(value, HEADER + 1, HEADER + #subject) == subject
end

-- Reads what lies under every listed handle. Returns what is there, the handles that are dead, and
-- the key of something that only a newer node knows, at which it stops.
local function read_index(index_key, read)
  local sessions, slot = sessions_of(index_key), slot_of(index_key)
  local there, dead, listed = {}, {}, {}
  for _, handle in ipairs(redis.call('LRANGE', index_key, 0, -1)) do
    local redis_key = sessions .. handle
    local value = not listed[handle] and read(redis_key) or ''
    if is_newer(value) then return there, dead, redis_key end
    if listed[handle] or is_gone(redis_key, value) then
      dead[#dead + 1] = handle
    else
      listed[handle] = true
      there[#there + 1] = { handle = handle, redis_key = redis_key, key = slot .. handle, value = value }
    end
  end
  return there, dead, nil
end

-- As much of each value as tells whose it is.
local function reading_headers(subject)
  return function(redis_key)
    return redis.call('GETRANGE', redis_key, 0, HEADER + #subject - 1)
  end
end

-- For how long the server keeps the index: to the latest absolute end of its sessions, and the
-- margin. It was reckoned when each was added; again only if somebody took the index's end away.
local function time_left(index_key, margin)
  local left = redis.call('PTTL', index_key)
  if left ~= -1 then return math.max(left, 0) end
  local longest = tonumber(margin)
  for _, entry in ipairs(read_index(index_key, header_at)) do
    if is_session(entry.value, entry.key) then
      longest = math.max(longest, to_absolute_end(entry.value) + tonumber(margin))
    end
  end
  return longest
end

local function keep(redis_key, millis_left)
  redis.call('PEXPIRE', redis_key, string.format('%.0f', millis_left))
end

-- A call takes some thousand arguments, no more.
local function in_batches(items, call)
  for first = 1, #items, BATCH do
    call(unpack(items, first, math.min(first + BATCH - 1, #items)))
  end
end

local function append(index_key, handles)
  in_batches(handles, function(...) redis.call('RPUSH', index_key, ...) end)
end

-- A few entries are taken out one by one, which is little to replicate; many by writing the rest anew.
local function unlist(index_key, dead, rest)
  if #dead > FEW then
    redis.call('DEL', index_key)
    append(index_key, rest)
    return
  end
  for _, handle in ipairs(dead) do redis.call('LREM', index_key, 1, handle) end
end
