-- KEYS[1] the generation, KEYS[2] and on: floors. Answers since when no refusal was lost, and then
-- the value of each floor.
local since = generation(KEYS[1])
if type(since) == 'table' then return since end
local reply = redis.call('MGET', unpack(KEYS, 2))
table.insert(reply, 1, decimal(since))
return reply
