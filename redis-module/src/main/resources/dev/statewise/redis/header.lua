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

-- How long the server keeps the value: from its last seeing to its end, and a margin. Computed from
-- the value alone, so that no clock, the server's or a node's, can kill a live session.
local function time_to_live(value, margin)
  local idle = struct.unpack('>I4', value, 34) * 1000
  local to_absolute_end = math.max(millis(value, 38) - seen(value), 0)
  return string.format('%.0f', math.min(idle, to_absolute_end) + tonumber(margin))
end

local function header_at(redis_key)
  return redis.call('GETRANGE', redis_key, 0, HEADER - 1)
end

-- Whether a header is of a format that only a newer node knows: hands off.
local function is_newer(header)
  return #header > 0 and format(header) > FORMAT
end

-- Whether a header is that of the session with this key. What is not is no session.
local function is_session(header, key)
  return #header == HEADER and format(header) == FORMAT and session_key(header) == key
end
