-- KEYS[1] the subject's index, [2] what never exists; ARGV: the subject's text
local index_key, subject = KEYS[1], ARGV[1]

local there, _, newer = read_index(index_key, reading_headers(subject))
if newer then return { 'NEWER', newer } end

-- What is no session is cleared away as well, uncounted; the session of somebody else stays.
local doomed, count = { index_key }, 0
for _, entry in ipairs(there) do
  local own = is_of_subject(entry.value, entry.key, subject)
  if own then count = count + 1 end
  if own or not is_session(entry.value, entry.key) then
    doomed[#doomed + 1] = entry.redis_key
  end
end
in_batches(doomed, function(...) redis.call('DEL', ...) end)
return { 'DONE', count }
