-- KEYS: the generation, the log. ARGV[8] the id of the last entry that was read, ARGV[9] how many to
-- read at most. Answers the run id, since when no refusal was lost, the last id, and entries.
local since, run = generation(KEYS[1])
if type(since) == 'table' then return since end
local last = last_id(KEYS[2])
local read = redis.call('XREAD', 'COUNT', ARGV[9], 'STREAMS', KEYS[2], ARGV[8])
return {run, decimal(since), last, read and read[1][2] or {}}
