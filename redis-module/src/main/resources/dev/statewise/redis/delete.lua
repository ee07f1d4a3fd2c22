-- KEYS[1] the session
local redis_key = KEYS[1]

if is_newer(header_at(redis_key)) then return 'NEWER' end
return redis.call('DEL', redis_key) == 1 and 'DONE' or 'GONE'
