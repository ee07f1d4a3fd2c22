-- KEYS[1] the session, [2] its subject's index, [3] what never exists; ARGV: its value, the margin,
-- the subject's text, how many the subject may have, REFUSE or END_OLDEST, and the handle of the
-- session that it is instead of, or nothing
local redis_key, index_key, value, margin, subject = KEYS[1], KEYS[2], ARGV[1], ARGV[2], ARGV[3]
local max, overflow, instead = tonumber(ARGV[4]), ARGV[5], ARGV[6]

-- Not "<", which follows the server's locale.
local function is_before(one, other)
  for i = 1, #one do
    local a, b = string.byte(one, i), string.byte(other, i)
    if a ~= b then return a < b end
  end
  return false
end

local function is_older(one, other)
  if one.created ~= other.created then return one.created < other.created end
  return is_before(one.key, other.key)
end

-- One is what there is to end as long as a limit stays what it is: then nothing need be sorted.
local function oldest(entries, count)
  for _, entry in ipairs(entries) do entry.created = created(entry.value) end
  if count > 1 then
    table.sort(entries, is_older)
    return entries
  end
  local first = entries[1]
  for _, entry in ipairs(entries) do
    if is_older(entry, first) then first = entry end
  end
  return { first }
end

local header = header_at(redis_key)
if is_newer(header) then return { 'NEWER', redis_key } end
if redis.call('EXISTS', redis_key) == 1 then
  return { is_same(header, value) and 'DONE' or 'TAKEN' }
end
local there, dead, newer = read_index(index_key, reading_headers(subject))
if newer then return { 'NEWER', newer } end

local now, alive, doomed = seen(value), {}, {}
for _, entry in ipairs(there) do
  if is_of_subject(entry.value, entry.key, subject) then
    if entry.handle == instead then
      doomed[entry.handle] = true
    elseif now < end_of(entry.value) then
      alive[#alive + 1] = entry
    end
  end
end

local ended, too_many = { 'DONE' }, #alive + 1 - max
if too_many > 0 then
  if overflow == 'REFUSE' then return { 'LIMIT' } end
  local first = oldest(alive, too_many)
  for i = 1, too_many do
    doomed[first[i].handle] = true
    ended[#ended + 1] = first[i].handle
  end
end
local rest, gone = {}, {}
for _, entry in ipairs(there) do
  if doomed[entry.handle] then
    dead[#dead + 1] = entry.handle
    gone[#gone + 1] = entry.redis_key
  else
    rest[#rest + 1] = entry.handle
  end
end
local left = time_left(index_key, margin)

-- A server that is full refuses the first write of a script or none: so it comes first.
redis.call('SET', redis_key, value, 'PX', time_to_live(value, margin))
in_batches(gone, function(...) redis.call('DEL', ...) end)
unlist(index_key, dead, rest)
append(index_key, { string.sub(redis_key, -HANDLE) })
keep(index_key, math.max(left, to_absolute_end(value) + tonumber(margin)))
return ended
