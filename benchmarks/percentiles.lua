-- What wrk measured, on one line that a program can read.
done = function(summary, latency, _requests)
    local errors = summary.errors.connect + summary.errors.read + summary.errors.write
        + summary.errors.status + summary.errors.timeout
    print(string.format("requests_per_second=%.2f p95_ms=%.3f errors=%d",
        summary.requests / (summary.duration / 1e6), latency:percentile(95) / 1e3, errors))
end
