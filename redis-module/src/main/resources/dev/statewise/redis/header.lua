-- Stands in front of every script on a session. A value begins with a header of fixed places, which
-- SessionCodec writes; the places here count from 1.
local FORMAT, HEADER = 1, 92

local function format(value) return string.byte(value, 1) end
local function tag(value) return string.sub(value, 2, 9) end
local function version(value) return string.sub(value, 10, 17) end
local function seen_bytes(value) return string.sub(value, 18, 25) end
local function secret_hash(value) return string.sub(value, 46, 77) end
local function session_key(value) return string.sub(value, 78, 92) end

-- Milliseconds since 1970 are far below 2^53, so a Lua number holds them exactly. A version may be
-- any 64-bit number: versions are compared as bytes and never become a number. Bytes are compared
-- for equality only, for "<" on strings follows the server's locale.
local function millis(value, at)
  local high, low = struct.unpack('>I4I4', value, at)
  return high * 4294967296 + low
end
local function seen(value) return millis(value, 18) end
local function created(value) return millis(value, 26) end
local function idle(value) return struct.unpack('>I4', value, 34) * 1000 end
local function absolute_end(value) return millis(value, 38) end

-- From this instant on the session is dead.
local function end_of(value) return math.min(seen(value) + idle(value), absolute_end(value)) end

-- How long the server keeps the value: from its last seeing to its end, and a margin. Computed from
-- the value alone, so that no clock, the server's or a node's, can kill a live session.
local function to_absolute_end(value) return math.max(absolute_end(value) - seen(value), 0) end
local function time_to_live(value, margin)
  return string.format('%.0f', math.min(idle(value), to_absolute_end(value)) + tonumber(margin))
end

local function header_at(redis_key)
  return redis.call('GETRANGE', redis_key, 0, HEADER - 1)
end

-- Whether a header is of a format that only a newer node knows: hands off.
local function is_newer(header)
  return #header > 0 and format(header) > FORMAT
end

-- Whether a header, or a value, is that of the session with this key. What is not is no session.
local function is_session(header, key)
  return #header >= HEADER and format(header) == FORMAT and session_key(header) == key
end

-- Whether what lies there is the session that a client sends again because no answer came.
local function is_same(header, value)
  return is_session(header, session_key(value)) and secret_hash(header) == secret_hash(value)
end
