-- Sends one of the tokens in a file, line after line, with each request; behind a token there may be a body to POST. Requests are
-- put together once.
local requests = {}
local last = 0

function init(arguments)
  for line in io.lines(arguments[1]) do
    local token, body = line:match("^(%S+)%s*(.*)$")
    local headers = { Host = wrk.headers["Host"], Authorization = "Bearer " .. token }
    if body == "" then
      requests[#requests + 1] = wrk.format(nil, nil, headers)
    else
      headers["Content-Type"] = "application/json"
      requests[#requests + 1] = wrk.format("POST", nil, headers, body)
    end
  end
end

function request()
  last = last % #requests + 1
  return requests[last]
end
