-- Tells the log of a refusal whose floor lies in another slot and is raised next. KEYS[1] the log;
-- ARGV as those of raise.lua.
local FLOOR_AT = 10
tell(KEYS[1], string.sub(ARGV[1], FLOOR_AT), last_id(KEYS[1]), tonumber(ARGV[2]))
return 'DONE'
