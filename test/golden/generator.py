"""
The pseudo-random numbers of the golden values: mulberry32, a 32-bit generator small enough to be written alike here
and in test/golden/generator.ts. Not for simulations.
"""
import json


def fnv1a(text):
    """32-bit hash of a name: the seed of its numbers."""
    value = 0x811C9DC5
    for byte in text.encode():
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return value


def mulberry32(seed):
    """Yields floats in [0, 1), multiples of 2^-32."""
    state = seed & 0xFFFFFFFF
    while True:
        state = (state + 0x6D2B79F5) & 0xFFFFFFFF
        t = ((state ^ (state >> 15)) * (state | 1)) & 0xFFFFFFFF
        t ^= (t + ((t ^ (t >> 7)) * (t | 61))) & 0xFFFFFFFF
        yield ((t ^ (t >> 14)) & 0xFFFFFFFF) / 4294967296.0


def uniform(stream, low, high):
    return low + (high - low) * next(stream)


def lines(record):
    """JSON with a line for each entry of the first level."""
    return "{\n" + ",\n".join(f" {json.dumps(k)}: {json.dumps(v)}" for k, v in record.items()) + "\n}\n"
