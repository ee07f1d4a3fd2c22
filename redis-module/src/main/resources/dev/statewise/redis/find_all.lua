-- KEYS[1] the subject's index, [2] what never exists; ARGV: the margin
local index_key, margin = KEYS[1], ARGV[1]

local there, dead, newer = read_index(index_key, function(redis_key)
  return redis.call('GET', redis_key) or ''
end)
if newer then return { 'NEWER', newer } end

local answer, rest = { 'DONE' }, {}
for _, entry in ipairs(there) do
  rest[#rest + 1] = entry.handle
  answer[#answer + 1] = entry.handle
  answer[#answer + 1] = entry.value
end
if #dead > 0 then
  local left = time_left(index_key, margin)
  -- A server that takes no writes, for want of disk or replicas, can still answer.
  pcall(function()
    unlist(index_key, dead, rest)
    keep(index_key, left)
  end)
end
return answer
