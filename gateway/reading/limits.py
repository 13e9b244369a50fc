"""What one reading process may use. A file that needs more is answered as unreadable."""

import resource

import msgspec

MEBIBYTE = 1 << 20


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """Bounds of one reading process; the time grows with the size of what it reads."""

    memory_bytes: int = 1024 * MEBIBYTE
    files_open: int = 64
    seconds_base: int = 12
    seconds_per_mebibyte: float = 1.5

    def seconds(self, size_bytes: int) -> int:
        """How long a source of `size_bytes` may keep a processor busy, or be silent."""
        return self.seconds_base + int(size_bytes / MEBIBYTE * self.seconds_per_mebibyte)


def hold_to(limits: Limits, size_bytes: int) -> None:
    """Set the kernel's limits for this process; they cannot be lifted again."""
    seconds = limits.seconds(size_bytes)
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_NOFILE, (limits.files_open, limits.files_open))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
