"""Minimax coefficients and split constants of src/ir/elementary and src/ir/random.

Writes src/ir/elementary/coefficients.ts. Needs mpmath 1.4.1 and numpy 2.4.6.
Method: Remez exchange on a grid of Chebyshev points at 40 digits; coefficients are rounded to the working precision
one after the other, lowest power first, and the remaining ones are fitted again each time, so that the rounding of one
is made good by the others.

    python test/golden/elementary_coefficients.py
"""
import pathlib
import numpy as np
from mpmath import mp, mpf, cos, sin, exp, expm1, log, pi, sqrt, atanh, sinh as mpmath_sinh, tan as mpmath_tan, atan, asin, cbrt, erf, erfc, matrix, lu_solve

mp.dps = 40
GRID = 260


def nearest(value, precision):
    """The float of the precision nearest to an mpf, as a Python float."""
    if precision == "f32":
        # Through f64: double rounding is harmless here, a coefficient may be off by one unit in its last place.
        return float(np.float32(float(value)))
    return float(value)


def remez(grid, target, columns):
    """Coefficients c minimising max |target - sum c_j columns_j| over the grid (both already weighted)."""
    n = len(columns)
    if n == 0:
        return []
    count = len(grid)
    reference = [round((count - 1) * (1 - np.cos(np.pi * i / n)) / 2) for i in range(n + 1)]
    best = None
    for _ in range(40):
        a = matrix(n + 1, n + 1)
        b = matrix(n + 1, 1)
        for i, g in enumerate(reference):
            for j in range(n):
                a[i, j] = columns[j][g]
            a[i, n] = (-1) ** i
            b[i] = target[g]
        c = lu_solve(a, b)
        error = [target[g] - sum(c[j] * columns[j][g] for j in range(n)) for g in range(count)]
        worst = max(abs(e) for e in error)
        if best is None or worst < best[0]:
            best = (worst, [c[j] for j in range(n)])
        if worst <= abs(c[n]) * mpf("1.001"):
            break
        runs = []
        for g, e in enumerate(error):
            if runs and (e > 0) == (error[runs[-1]] > 0):
                if abs(e) > abs(error[runs[-1]]):
                    runs[-1] = g
            else:
                runs.append(g)
        while len(runs) > n + 1:
            runs.pop(0 if abs(error[runs[0]]) < abs(error[runs[-1]]) else -1)
        if len(runs) < n + 1:
            break
        reference = runs
    return best[1]


def fit(name, precision, function, low, high, powers, weight, given=None, together=False):
    """Coefficients of x**p for p in powers: function(x) ~ sum, minimising weight(x) * |difference|.

    `together`: rounded all at once, the lowest into two pieces, for an interval with 0 inside: the powers without the lowest
    all vanish there, and the exchange fails on what is left. Then the sum begins with both pieces.
    """
    low, high = mpf(low), mpf(high)
    # Chebyshev points, none at the ends where a removable singularity may sit.
    grid = [low + (high - low) * (1 - cos(pi * (2 * k + 1) / (2 * GRID))) / 2 for k in range(GRID)]
    w = [weight(x) for x in grid]
    target = [wi * function(x) for wi, x in zip(w, grid)]
    columns = {p: [wi * x**p for wi, x in zip(w, grid)] for p in powers}
    done = dict(given or {})
    for p, c in done.items():
        target = [t - mpf(c) * v for t, v in zip(target, columns[p])]
    free = [p for p in powers if p not in done]
    if together:
        exact = remez(grid, target, [columns[p] for p in free])
        first = nearest(exact[0], precision)
        made = [first, nearest(exact[0] - mpf(first), precision)] + [nearest(c, precision) for c in exact[1:]]
        both = mpf(made[0]) + mpf(made[1])
        error = [t - sum(c * columns[p][g] for c, p in zip([both, *map(mpf, made[2:])], free)) for g, t in enumerate(target)]
        print(f"{name:14s} {precision}  terms {len(powers):2d}  largest weighted error {mp.nstr(max(map(abs, error)), 3)}")
        return made
    while free:
        c = remez(grid, target, [columns[p] for p in free])
        p = free.pop(0)
        done[p] = nearest(c[0], precision)
        target = [t - mpf(done[p]) * v for t, v in zip(target, columns[p])]
    worst = max(abs(t) for t in target)
    print(f"{name:14s} {precision}  terms {len(powers):2d}  largest weighted error {mp.nstr(worst, 3)}")
    return [done[p] for p in powers]


def split(value, bits, count, precision):
    """Signed pieces of at most `bits` significant bits each, and a last one in full working precision."""
    pieces, rest = [], mpf(value)
    for _ in range(count - 1):
        exponent = mp.frexp(rest)[1]
        unit = mpf(2) ** (exponent - bits)
        piece = mp.nint(rest / unit) * unit
        pieces.append(float(piece))
        rest -= piece
    return pieces + [nearest(rest, precision)]


def over(lo, hi):
    return range(lo, hi + 1)


def tables(precision):
    single = precision == "f32"
    ln2 = log(mpf(2))
    margin = mpf("1.0005")
    half_ln2 = ln2 / 2 * margin
    zlog = (sqrt(mpf(2)) - 1) ** 2 / (sqrt(mpf(2)) + 1) ** 2 * mpf("1.001")
    out = {}
    f = lambda name, *a, **k: out.__setitem__(name, fit(name, precision, *a, **k))
    # Weighed by ULP: results below 1 have the finer ones.
    f("exp", exp, -ln2 * margin, ln2 * margin, over(0, 7 if single else 13), lambda x: 2 if x < 0 else 1, given={0: 1.0})
    f("expm1", lambda x: (expm1(x) - x) / x**2, -half_ln2, half_ln2, over(0, 4 if single else 10), lambda x: x**2 / abs(expm1(x)))
    atanh_over = lambda z: atanh(sqrt(z)) / sqrt(z)
    f("log", lambda z: (2 * atanh_over(z) - 2) / z, 0, zlog, over(0, 2 if single else 6), lambda z: z)
    f("powLog", lambda z: (2 * atanh_over(z) - 2 - 2 * z / 3) / z**2, 0, zlog, over(0, 2 if single else 6), lambda z: z**2)
    sin_over = lambda z: sin(sqrt(z)) / sqrt(z)
    # x / pi is rounded before it is rounded to an integer: with n near 2^15 in f32, r passes pi/2 (pi/4) by up to 0.007.
    beyond = mpf("0.0075") if single else mpf("1e-6")
    zsin = (pi / 2 + beyond) ** 2
    # The more exact near pi/2, since rounding errors are largest there.
    f("negatedSin", lambda z: (1 - sin_over(z)) / z, 0, zsin, over(0, 3 if single else 7), lambda z: z * (1 + z) / sin_over(z))
    zquarter = (pi / 4 + beyond) ** 2
    tan_over = lambda z: mpmath_tan(sqrt(z)) / sqrt(z)
    f("tan", lambda z: (tan_over(z) - 1) / z, 0, zquarter, over(0, 5 if single else 13), lambda z: z / tan_over(z))
    f("sinh", lambda z: (mpmath_sinh(sqrt(z)) / sqrt(z) - 1) / z, 0, mpf(1), over(0, 3 if single else 7), lambda z: z)
    atan_over = lambda z: atan(sqrt(z)) / sqrt(z)
    f("atan", lambda z: (atan_over(z) - 1) / z, 0, mpf("0.2501"), over(0, 6 if single else 14), lambda z: z / atan_over(z))
    asin_over = lambda z: asin(sqrt(z)) / sqrt(z)
    f("asin", lambda z: (asin_over(z) - 1) / z, 0, mpf("0.2501"), over(0, 5 if single else 13), lambda z: z / asin_over(z))
    # A start for one step of Halley's method, which trebles its digits.
    f("cbrt", cbrt, 1, 2, over(0, 3 if single else 7), lambda m: 1 / cbrt(m))
    erf_over = lambda z: erf(sqrt(z)) / sqrt(z)
    f("erf", lambda z: erf_over(z) - 1, 0, mpf("1.001"), over(0, 6 if single else 13), lambda z: 1 / erf_over(z))
    # (1 + 2a) exp(a^2) erfc(a) in q = (a - K) / (a + K) (Shepherd and Laframboise 1981), from below the switch to the end of erfc.
    k, last = (mpf("2.5"), mpf("10.1")) if single else (mpf(4), mpf("27.3"))
    scaled = lambda a: (1 + 2 * a) * exp(a * a) * erfc(a)
    of_q = lambda q: scaled(k * (1 + q) / (1 - q))
    first = mpf("0.47")
    f("erfc", of_q, (first - k) / (first + k), (last - k) / (last + k), over(0, 9 if single else 21), lambda q: 1 / of_q(q), together=True)
    # n has at most 9 (12) bits in exp, where it counts ln 2 and double ln 2; 8 (11) bits in log.
    out["ln2"] = split(ln2, 15 if single else 40, 2, precision)
    out["twoLn2"] = [2 * c for c in out["ln2"]]
    # sin: n < 2^15 in steps of one half (2^25): 8 (27) bits remain for each exact product.
    out["pi"] = split(pi, 8 if single else 27, 5 if single else 4, precision)
    out["halfPi"] = [c / 2 for c in out["pi"]]
    third = nearest(mpf(2) / 3, precision)
    out["twoThirds"] = [third, nearest(mpf(2) / 3 - mpf(third), precision)]
    return out


def gaussian():
    atanh_over = lambda z: atanh(sqrt(z)) / sqrt(z)
    one = lambda _: mpf(1)
    return {
        "radius": fit("radius", "f32", lambda z: 4 * atanh_over(z), 0, mpf(1) / 9, over(0, 3), one),
        "sine": fit("sine", "f32", lambda z: sin(pi / 2 * sqrt(z)) / sqrt(z), 0, 1, over(0, 4), sqrt),
        "cosine": fit("cosine", "f32", lambda z: cos(pi / 2 * sqrt(z)), 0, 1, over(0, 5), one),
    }


def typescript(tables):
    lines = []
    for name, values in tables.items():
        lines.append(f"  {name}: [{', '.join(repr(v) for v in values)}],")
    return "{\n" + "\n".join(lines) + "\n}"


if __name__ == "__main__":
    root = pathlib.Path(__file__).resolve().parents[2]
    head = "/** Made by test/golden/elementary_coefficients.py: do not edit. Each value is exact in its precision. */\n"
    (root / "src/ir/elementary/coefficients.ts").write_text(
        head
        + f"export const f32 = {typescript(tables('f32'))} as const;\n\n"
        + f"export const f64 = {typescript(tables('f64'))} as const;\n"
    )
    (root / "src/ir/random/coefficients.ts").write_text(
        head + f"export const gaussianCoefficients = {typescript(gaussian())} as const;\n"
    )
