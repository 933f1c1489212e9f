"""Truth of the elementary functions: test/golden/elementary.json and elementary-more.json. Needs mpmath 1.4.1 and numpy 2.4.6.

For each function and precision: inputs (exact floats of the precision; pow has two), the correctly rounded results `y`,
and `d`, by how many thousandths of an ULP the true value lies above `y`. An ULP is the spacing of floats at the true value; below
the smallest normal it is the denormal spacing. Made at 50 digits plus what the argument needs.

    python test/golden/elementary.py [DENSITY FOLDER]
"""
import json
import math
import pathlib
import random
import sys
import numpy as np
import mpmath
from mpmath import mp, mpf

mp.dps = 50
FORMATS = {"f32": (24, -126, 127, np.float32), "f64": (53, -1022, 1023, np.float64)}

# Beyond its range the reduction of sin, cos and tan is not promised: src/ir/elementary/trigonometry.ts.
TRIGONOMETRIC = {"f32": 102900.0, "f64": 1.05e8}


def logistic(x):
    return 1 / (1 + mpmath.exp(-x)) if x > 0 else mpmath.exp(x) / (1 + mpmath.exp(x))


def invexprel(x):
    return mpf(1) if x == 0 else x / -mpmath.expm1(-x)


FUNCTIONS = {
    "exp": mpmath.exp,
    "expm1": mpmath.expm1,
    "log": mpmath.log,
    "log1p": mpmath.log1p,
    "sin": mpmath.sin,
    "cos": mpmath.cos,
    "tan": mpmath.tan,
    "sinh": mpmath.sinh,
    "cosh": mpmath.cosh,
    "tanh": mpmath.tanh,
    "pow": mpmath.power,
    "logistic": logistic,
    "invexprel": invexprel,
}
# In a file of their own, fewer points each: the first file is large enough.
MORE = {
    "erf": mpmath.erf,
    "erfc": mpmath.erfc,
    "atan": mpmath.atan,
    "asin": mpmath.asin,
    "acos": mpmath.acos,
    "cbrt": lambda x: mpmath.sign(x) * mpmath.cbrt(abs(x)),
}
FILES = {"elementary.json": FUNCTIONS, "elementary-more.json": MORE}


def rounded(value, precision):
    """(correctly rounded float, thousandths of an ULP left over); None near the overflow bound."""
    bits, emin, emax, kind = FORMATS[precision]
    if value == 0:
        return 0.0, 0
    exponent = max(mp.frexp(value)[1] - 1, emin)
    ulp = mpf(2) ** (exponent - bits + 1)
    units = mp.nint(value / ulp)
    y = units * ulp
    limit = mpf(2) ** (emax + 1)
    if abs(abs(value) / limit - 1) < mpf(2) ** (4 - bits):
        return None
    if abs(y) >= limit:
        return math.copysign(math.inf, float(mp.sign(value))), 0
    result = float(mp.sign(y) * mp.ldexp(abs(units), 0) * ulp) if y else math.copysign(0.0, float(mp.sign(value)))
    assert mpf(result) == y and float(kind(result)) == result
    return result, int(mp.nint((value - y) / ulp * 1000))


def evaluate(name, args, precision):
    # An argument of 10^k, or one 10^-k away from a zero of the result, needs k digits more.
    with mp.workdps(50 + 40):
        return rounded((FUNCTIONS | MORE)[name](*map(mpf, args)), precision)


def text(x, precision):
    """JSON for a float: shortest decimal that reads back to it."""
    if math.isnan(x):
        return '"NaN"'
    if math.isinf(x):
        return '"Infinity"' if x > 0 else '"-Infinity"'
    if x == 0:
        return "-0.0" if math.copysign(1, x) < 0 else "0"
    if precision == "f32":
        shortest = np.format_float_scientific(np.float32(x), unique=True, trim="-")
        assert np.float32(float(shortest)) == np.float32(x)
        return shortest.replace("e+", "e")
    return repr(x)


class Points:
    def __init__(self, precision, seed):
        self.bits, self.emin, self.emax, self.kind = FORMATS[precision]
        self.precision = precision
        self.random = random.Random(seed)

    def float(self, x):
        with np.errstate(all="ignore"):
            return float(self.kind(x))

    def uniform(self, low, high, count):
        return [self.float(self.random.uniform(low, high)) for _ in range(count)]

    def logarithmic(self, low, high, count, signs=(1, -1)):
        """Magnitudes from 2^low to 2^high."""
        return [
            self.float(self.random.choice(signs) * math.ldexp(self.random.uniform(1, 2), int(math.floor(self.random.uniform(low, high)))))
            for _ in range(count)
        ]

    def around(self, centres, steps=2):
        found = []
        for centre in centres:
            up = down = self.kind(self.float(centre))
            found.append(float(up))
            for _ in range(steps):
                up, down = np.nextafter(up, self.kind(math.inf)), np.nextafter(down, self.kind(-math.inf))
                found += [float(up), float(down)]
        return found

    def denormals(self, count, signs=(1, -1)):
        return self.logarithmic(self.emin - self.bits + 1, self.emin + 1, count, signs)


def unary_points(name, precision, dense=1):
    p = Points(precision, f"{name}-{precision}-{dense}")
    n = 60 * dense
    single = precision == "f32"
    small = p.logarithmic(-p.bits - 4, 0, n) + p.denormals(max(8, n // 6))
    top = 88.8 if single else 709.8
    bottom = -104.0 if single else -745.5
    ln2 = math.log(2)
    steps = [ln2 * k / 2 for k in (1, 3, 5, 7, 20, 21, 31, 100, 101, 127, 128)]
    if name in ("exp", "expm1"):
        points = small + p.uniform(bottom, top, n * 3) + p.uniform(-2, 2, n) + p.around(steps + [-s for s in steps])
        points += p.uniform(bottom, -126 * ln2 if single else -1022 * ln2, n) + p.around([top, -17, -18, -37, -40], 1)
    elif name == "log":
        points = p.denormals(n, (1,)) + p.logarithmic(p.emin, p.emax + 1, n * 2, (1,)) + p.uniform(0.5, 2, n * 2)
        points += [p.float(1 + e) for e in p.logarithmic(-p.bits, -3, n)] + p.around([1, math.sqrt(0.5), math.sqrt(2), 2, 0.5, 2.0**p.emin])
        points += p.around([2 * math.sqrt(2), 4 * math.sqrt(2)])
    elif name == "log1p":
        points = small + p.logarithmic(-2, p.emax + 1, n, (1,)) + p.uniform(-1, 1.5, n * 2) + p.around([math.sqrt(0.5) - 1, math.sqrt(2) - 1, 1, 3, -0.5])
        points += [p.float(-1 + e) for e in p.logarithmic(-p.bits + 1, -1, n, (1,))] + p.around([2.0 ** (p.bits - 1), 2.0**p.bits])
    elif name in ("sin", "cos", "tan"):
        limit = TRIGONOMETRIC[precision]
        points = small + p.uniform(-10, 10, n * 2) + p.uniform(-limit, limit, n * 2) + p.logarithmic(0, math.log2(limit) - 1, n)
        multiples = [1, 2, 3, 4, 5, 6, 7, 8, 22, 355, 710, 51966, 65522] + [p.random.randrange(1, int(limit / math.pi * 2)) for _ in range(n)]
        points += p.around([float(mp.pi / 2 * k) * p.random.choice((1, -1)) for k in multiples], 1)
        points += p.around([float(mp.pi / 4 * k) for k in (1, 3, 5, 7, 9, 11, 1001)], 2)
    elif name in ("sinh", "cosh"):
        edge = top + ln2
        points = small + p.uniform(-edge, edge, n * 3) + p.uniform(-2, 2, n) + p.around(steps) + p.uniform(top - 1, edge, n // 2)
    elif name == "tanh":
        points = small + p.uniform(-10, 10, n * 2) + p.uniform(-2, 2, n * 2) + p.uniform(-25, 25, n) + p.around([s / 2 for s in steps])
        points += p.around([9.01, 19.06, 0.5, 20, 9])
    elif name == "logistic":
        points = small + p.uniform(bottom, -bottom, n * 2) + p.uniform(-20, 20, n * 2) + p.uniform(bottom, -top, n) + p.around(steps + [17, 18, 37, 40])
    elif name == "invexprel":
        points = small + p.uniform(bottom * 1.06, -bottom, n * 2) + p.uniform(-3, 3, n * 2) + p.uniform(bottom * 1.05, bottom * 0.8, n)
        points += p.around(steps + [-s for s in steps]) + p.logarithmic(5, p.emax + 1, n // 4, (1,))
    elif name in ("erf", "erfc"):
        last = 10.05 if single else 27.2
        points = small[: n // 2] + p.uniform(-2, 2, n) + p.uniform(0.4, 0.55, n // 3) + p.around([0.47, 1, -1, 0.5], 1)
        # Denormal results of erfc begin at 9.2 (f32), 26.55 (f64).
        points += p.uniform(-last, last, n) + (p.uniform(9.1, last, n) if single else p.uniform(26.5, last, n)) * (name == "erfc")
        points += [-x for x in p.uniform(1, 6, n // 4)]
    elif name == "atan":
        points = small[: n // 2] + p.uniform(-3, 3, n * 2) + p.logarithmic(1, p.emax + 1, n // 2) + p.around([0.5, 2, 1, -0.5, -2], 2)
        points += p.uniform(0.5, 0.6, n // 3)
    elif name in ("asin", "acos"):
        points = small[: n // 2] + p.uniform(-1, 1, n * 3) + p.around([0.5, -0.5], 2) + p.uniform(0.4, 0.6, n // 3)
        points += [s * p.float(1 - e) for e in p.logarithmic(-p.bits + 1, -2, n // 2, (1,)) for s in (1, -1)] + [1.0, -1.0]
    elif name == "cbrt":
        points = p.logarithmic(p.emin, p.emax + 1, n) + p.denormals(n // 2) + p.uniform(1, 8, n * 2) + p.uniform(-30, 30, n)
        points += p.around([1, 2, 4, 8, 27, -64, 1000, 2.0**p.emin], 1) + p.around([x**3 for x in p.uniform(1, 2, n // 4)], 1)
    else:
        raise ValueError(name)
    return [(x,) for x in points if in_domain(name, x)]


def in_domain(name, x):
    return x != 0 and math.isfinite(x) and not (name == "log" and x < 0) and not (name == "log1p" and x <= -1)


def pow_points(precision, dense=1):
    p = Points(precision, f"pow-{precision}-{dense}")
    n = 100 * dense
    single = precision == "f32"
    top = (128 if single else 1024) * math.log(2)
    bottom = (150 if single else 1075) * math.log(2)
    pairs = []
    bases = p.logarithmic(p.emin, p.emax + 1, n, (1,)) + p.uniform(0.5, 2, n) + p.denormals(n // 3, (1,))
    bases += [p.float(1 + e) for e in p.logarithmic(-p.bits + 1, -2, n)]
    for x in bases:
        if x == 1:
            continue
        # Powers over the whole range of results, its denormal end included.
        pairs.append((x, p.float(p.random.uniform(-bottom, top) / math.log(x))))
        pairs.append((x, p.float(p.random.choice((0.5, -0.5, 2.0, 3.0, -1.0, 1 / 3, 1.0, 1.5, 0.1)))))
    for _ in range(n // 2):
        x = p.uniform(0.1, 20, 1)[0]
        pairs.append((-x, float(p.random.randrange(-30, 30))))
        pairs.append((p.uniform(0, 30, 1)[0], p.uniform(-8, 8, 1)[0]))
    pairs += [(2.0, float(k)) for k in (-149, -127, -126, -5, 10, 127)] + [(10.0, float(k)) for k in range(-10, 11)] + [(3.0, 5.0), (-2.0, 3.0), (-3.0, -3.0)]
    return [(x, y) for x, y in pairs if x != 0 and y != 0 and math.isfinite(y)]


def table(name, precision, dense):
    points = pow_points(precision, dense) if name == "pow" else unary_points(name, precision, dense)
    rows = []
    for args in dict.fromkeys(points):
        value = evaluate(name, args, precision)
        if value is not None:
            rows.append((*args, *value))
    columns = list(zip(*rows))
    names = ["x", "p", "y", "d"] if name == "pow" else ["x", "y", "d"]
    body = ", ".join(
        f'"{key}": [{",".join(str(v) if key == "d" else text(v, precision) for v in column)}]' for key, column in zip(names, columns)
    )
    return f"{{{body}}}", len(rows)


if __name__ == "__main__":
    # Second tables, so many times denser and with other points, may be made elsewhere: elementary.py DENSITY FOLDER.
    dense = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    folder = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else pathlib.Path(__file__).parent
    about = {
        "made": "test/golden/elementary.py",
        "with": f"mpmath {mpmath.__version__}, numpy {np.__version__}",
        "d": "true value = y + d / 1000 ULP",
    }
    for file, functions in FILES.items():
        lines = []
        for name in functions:
            parts = []
            for precision in FORMATS:
                body, count = table(name, precision, dense)
                print(name, precision, count)
                parts.append(f'  "{precision}": {body}')
            lines.append(f'"{name}": {{\n' + ",\n".join(parts) + "\n}")
        whole = '{"about": ' + json.dumps(about) + ',\n"functions": {\n' + ",\n".join(lines) + "\n}}\n"
        json.loads(whole)
        (folder / file).write_text(whole)
