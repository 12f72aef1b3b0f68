-- Sends one of the tokens in a file, line after line, with each request. Requests are put together once.
local requests = {}
local last = 0

function init(arguments)
  for token in io.lines(arguments[1]) do
    requests[#requests + 1] = wrk.format(nil, nil, { Host = wrk.headers["Host"], Authorization = "Bearer " .. token })
  end
end

function request()
  last = last % #requests + 1
  return requests[last]
end
