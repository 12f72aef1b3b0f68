-- Stores an event in its owner's stream, once and in the order of its aggregate's versions. All keys share a hash tag.
-- KEYS: the owner's stream; what was last stored of the aggregate: its version and the ids of the events of that version
-- ARGV: version, event id, type, JSON, max length, id below which events are too old, seconds to live, channel, owner
local version = tonumber(ARGV[1])
local stored = redis.call('GET', KEYS[2])
local now = ARGV[1] .. ' ' .. ARGV[2]
if stored then
  local last = tonumber(string.match(stored, '^%d+'))
  if version < last then
    return 'OLD'
  end
  if version == last then
    if string.find(stored, ARGV[2], 1, true) then
      return 'DUPLICATE'
    end
    now = stored .. ' ' .. ARGV[2]
  end
end
redis.call('XADD', KEYS[1], 'MAXLEN', '=', ARGV[5], '*', 'type', ARGV[3], 'json', ARGV[4])
redis.call('XTRIM', KEYS[1], 'MINID', '=', ARGV[6])
redis.call('EXPIRE', KEYS[1], ARGV[7])
redis.call('SET', KEYS[2], now, 'EX', ARGV[7])
redis.call('PUBLISH', ARGV[8], ARGV[9])
return 'STORED'
