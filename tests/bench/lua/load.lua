-- Requests for wrk. Arguments:
--   order BASE_MS ID_STEP_MS COUNT  any of COUNT work orders by its id
--   paths FILE                      the paths of a file, one a line, by turns
--   posts PATH FILE                 the bodies of a file, one a line, by turns, each with a key of its own
local kind
local lines, line = {}, 0
local base_ms, id_step_ms, count
local path
local seed

local function read(file)
    for text in io.lines(file) do
        lines[#lines + 1] = text
    end
end

function init(arguments)
    kind = arguments[1]
    seed = tostring(os.time()) .. tostring(math.random(1, 1000000000))
    math.randomseed(os.time())
    if kind == "order" then
        base_ms, id_step_ms, count = tonumber(arguments[2]), tonumber(arguments[3]), tonumber(arguments[4])
    elseif kind == "paths" then
        read(arguments[2])
    else
        path = arguments[2]
        read(arguments[3])
    end
end

-- The id of order n, as bench.order_id makes it. Numbers beyond 32 bits are written in two halves.
local function order_id(n)
    local ms = base_ms - n * id_step_ms
    local high, low = math.floor(ms / 16777216), ms % 16777216
    local time = string.format("%06x%06x", high, low)
    return string.format("%s-%s-7002-8000-%012x", time:sub(1, 8), time:sub(9), n)
end

local function next_line()
    line = line % #lines + 1
    return lines[line]
end

local sent = 0

function request()
    if kind == "order" then
        -- Numbers that end on 4 and 9 are of an estate outside the caller's scope.
        local n = math.floor(math.random(130, count) / 5) * 5
        return wrk.format("GET", "/api/v1/work-orders/" .. order_id(n))
    elseif kind == "paths" then
        return wrk.format("GET", next_line())
    end
    sent = sent + 1
    local headers = {
        ["Authorization"] = wrk.headers["Authorization"],
        ["Content-Type"] = "application/json",
        ["Idempotency-Key"] = "bench-" .. seed .. "-" .. sent,
    }
    return wrk.format("POST", path, headers, next_line())
end

function done(summary, latency)
    local errors = summary.errors
    print(string.format('{"requests": %d, "seconds": %.6f, "p50_ms": %.3f, "p99_ms": %.3f, "failed": %d}',
        summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
        errors.status + errors.connect + errors.read + errors.write + errors.timeout))
end
