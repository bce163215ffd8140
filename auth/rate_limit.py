"""How often one address, or one browser, may begin or end a login. Used by `auth.routes`.

All processes count together, in the session database: one short statement for each login, which
writes nothing that has to reach the disk. What a process knows to be refused it refuses by itself.
"""

import ipaddress
import time
from collections.abc import Callable
from dataclasses import dataclass

from auth.opaque import digest
from auth.store import Pool

_MOST_KEYS = 50_000
_SWEEP_SECONDS = 60.0
_IPV6_SITE_BITS = 64

# The generic cell rate algorithm (ITU-T I.371): one time for each key, at which its bucket is full
# again. Always in the order of the keys, so that two logins never wait for each other. A bucket
# that was emptied while this statement waited for it is full in its snapshot, or not there: then
# one second.
_COUNT = """
WITH asked AS (
    SELECT key, make_interval(secs => 60.0 / per_minute) AS pace
    FROM unnest(%(keys)s::text[], %(per_minute)s::int[]) AS bucket (key, per_minute)
), counted AS (
    INSERT INTO login_rate AS rate (key, full_at)
    SELECT key, now() + pace FROM asked ORDER BY key
    ON CONFLICT (key) DO UPDATE
        SET full_at = greatest(rate.full_at, now()) + (excluded.full_at - now())
        WHERE greatest(rate.full_at, now()) + (excluded.full_at - now())
            <= now() + interval '1 minute'
    RETURNING key
)
SELECT key, CASE WHEN seconds > 0 THEN seconds ELSE 1 END::float8
FROM asked LEFT JOIN login_rate rate USING (key)
CROSS JOIN LATERAL (
    SELECT extract(epoch FROM rate.full_at + pace - now()) - 60 AS seconds
) left_over
WHERE key NOT IN (SELECT key FROM counted)
"""

_SWEEP = """
DELETE FROM login_rate WHERE key IN (
    SELECT key FROM login_rate WHERE full_at < now() FOR UPDATE SKIP LOCKED)
"""


@dataclass(frozen=True, slots=True)
class Bucket:
    """So many may come at once, and as many within each minute after that."""

    key: str
    per_minute: int


class RateLimit:
    """Counts against buckets, together with every other process on this database."""

    def __init__(self, pool: Pool, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._pool = pool
        self._monotonic = monotonic
        self._refused_until: dict[str, float] = {}
        self._swept_at = monotonic()

    async def wait(self, *buckets: Bucket) -> float:
        """Count a request in each bucket. 0 when it may go on, else the seconds until one may."""
        asked = {digest(bucket.key): bucket.per_minute for bucket in buckets}
        now = self._monotonic()
        # A flood that was refused costs the database nothing until its bucket has room again.
        known = max((self._refused_until.get(key, now) - now for key in asked), default=0.0)
        if known > 0:
            return known
        values = {"keys": list(asked), "per_minute": list(asked.values())}
        async with self._pool.connection() as connection:
            if now - self._swept_at > _SWEEP_SECONDS:
                self._swept_at = now
                await connection.execute(_SWEEP)
            refused = await (await connection.execute(_COUNT, values)).fetchall()
        return max((self._remember(key, seconds) for key, seconds in refused), default=0.0)

    def _remember(self, key: str, seconds: float) -> float:
        now = self._monotonic()
        if len(self._refused_until) >= _MOST_KEYS:
            live = ((known, until) for known, until in self._refused_until.items() if until > now)
            self._refused_until = dict(list(live)[-_MOST_KEYS // 2 :])
        self._refused_until[key] = now + seconds
        return seconds


def address_key(host: str | None) -> str:
    """What counts as one address: an IPv4 address, or the /64 that an IPv6 site has to itself."""
    try:
        address = ipaddress.ip_address(host or "")
    except ValueError:
        return host or "unknown"
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address, _IPV6_SITE_BITS), strict=False))
