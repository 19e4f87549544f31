-- One run of wrk: GET an address, or POST one check-in after the other; ends with one line of figures.
local secret = string.rep("a", 32)
local form = "csrfmiddlewaretoken=" .. secret
for item = 1, 10 do form = form .. "&phq9-" .. item .. "=" .. (item == 9 and 0 or 1) end
local ids, cookies, at = {}, {}, 0

function init(arguments)
  how, path, cookie = arguments[1], arguments[2], arguments[3]
  if arguments[4] then
    for line in io.lines(arguments[4]) do
      local id, one = line:match("(%S+) (%S+)")
      ids[#ids + 1], cookies[#cookies + 1] = id, one
    end
  end
end

function request()
  if how == "GET" then
    return wrk.format("GET", path, { ["Cookie"] = "sessionid=" .. cookie })
  end
  at = at % #ids + 1
  local headers = {
    ["Cookie"] = "sessionid=" .. cookies[at] .. "; csrftoken=" .. secret,
    ["Content-Type"] = "application/x-www-form-urlencoded",
  }
  return wrk.format("POST", (path:gsub("ID", ids[at])), headers, form)
end

function done(summary, latency)
  local wrong = summary.errors.status + summary.errors.read + summary.errors.write + summary.errors.timeout
  io.write(string.format("FIGURES %d %d %d %d %d\n", summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(95), wrong + summary.errors.connect))
end
