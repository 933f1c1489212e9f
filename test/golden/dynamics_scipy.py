"""Eigenvalues of awkward small matrices by NumPy (LAPACK) and, where they are ill-conditioned, by mpmath with 60 digits.

pip install -r requirements-tools.txt; run: python dynamics_scipy.py > dynamics-eigenvalues.json
"""

import json

import mpmath
import numpy
import scipy.linalg

mpmath.mp.dps = 60
rng = numpy.random.default_rng(5)


def jordan(value, n):
    return numpy.eye(n) * value + numpy.diag(numpy.ones(n - 1), 1)


def companion(roots):
    return scipy.linalg.companion(numpy.poly(roots).real)


def similar(matrix, scale):
    d = numpy.diag(scale)
    return d @ matrix @ numpy.linalg.inv(d)


cases = {
    "one": numpy.array([[3.5]]),
    "zero": numpy.zeros((4, 4)),
    "identity": numpy.eye(5),
    "rotation": numpy.array([[0.0, -2.0], [2.0, 0.0]]),
    "jordan 2": jordan(-1.5, 2),
    "jordan 4": jordan(2.0, 4),
    "defective, mixed": scipy.linalg.block_diag(jordan(1.0, 3), [[0, 1], [-4, 0]], -7),
    "companion of 1..6": companion([1, 2, 3, 4, 5, 6]),
    "clustered": companion([1, 1.001, 0.999, -2]),
    "cyclic": numpy.roll(numpy.eye(6), 1, axis=0),
    "badly scaled": similar(rng.standard_normal((6, 6)), 10.0 ** numpy.arange(-6, 6, 2)),
    "many time scales": similar(numpy.diag([-1e4, -1.0, -1e-4, -1e-7]) + 0.0, [1, 1, 1, 1])
    + numpy.triu(rng.standard_normal((4, 4)), 1),
    "nearly triangular": numpy.triu(rng.standard_normal((5, 5))) + 1e-18 * rng.standard_normal((5, 5)),
    "graded": numpy.array([[1e8, 1e4, 1.0], [1e4, 1.0, 1e-4], [1.0, 1e-4, 1e-8]]),
    "frank": numpy.array([[max(0, 8 - max(i, j)) if j >= i - 1 else 0 for j in range(8)] for i in range(8)], float),
}
for n in (2, 3, 5, 8, 14, 20):
    cases[f"normal draws {n}"] = rng.standard_normal((n, n))

result = []
for name, matrix in cases.items():
    exact, _ = mpmath.eig(mpmath.matrix(matrix.tolist())), None
    values = exact[0] if isinstance(exact, tuple) else exact
    values = [complex(v) for v in values]
    lapack = numpy.linalg.eigvals(matrix)
    # How far LAPACK itself is from the truth says what may be asked of double precision.
    left = list(values)
    error = 0.0
    for v in lapack:
        k = min(range(len(left)), key=lambda i: abs(left[i] - v))
        error = max(error, abs(left.pop(k) - v))
    result.append(
        {
            "name": name,
            "n": len(matrix),
            "matrix": matrix.ravel().tolist(),
            "re": [v.real for v in values],
            "im": [v.imag for v in values],
            "lapackError": error,
        }
    )
print(
    json.dumps(
        {
            "source": f"mpmath {mpmath.__version__} with 60 digits; error of LAPACK by NumPy {numpy.__version__}",
            "script": "dynamics_scipy.py",
            "cases": result,
        }
    )
)
