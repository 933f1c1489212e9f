"""Fixed points of TVB's own right-hand sides by SciPy's hybrid Powell method, and eigenvalues of a Jacobian by differences.

pip install tvb-library==2.10.0 scipy; run: python tvb_fixed_points.py > tvb_fixed_points.json

Default parameters unless `with` says otherwise; no network input, no local coupling. Eigenvalues hold to about 1e-6 of the largest.
"""

import json

import numpy
import scipy
import scipy.optimize
from tvb.simulator import models
import tvb.simulator

CASES = [
    ("montbrio-pazo-roxin", models.MontbrioPazoRoxin, {}),
    ("jansen-rit", models.JansenRit, {}),
    ("jansen-rit", models.JansenRit, {"mu": 0.1, "v0": 6.0}),
    ("wilson-cowan", models.WilsonCowan, {}),
    ("generic-2d-oscillator", models.Generic2dOscillator, {"I": 1.0}),
    ("reduced-wong-wang", models.ReducedWongWang, {"w": 1.0, "I_o": 0.32}),
    ("reduced-wong-wang-exc-inh", models.ReducedWongWangExcInh, {}),
    ("epileptor-2d", models.Epileptor2D, {}),
    ("sup-hopf", models.SupHopf, {"a": 0.3}),
]
rng = numpy.random.default_rng(11)
result = []
for name, make, changes in CASES:
    model = make(**{k: numpy.array([v]) for k, v in changes.items()})
    n = model.nvar
    model.configure()
    zero = numpy.zeros((len(model.cvar), 1, 1))

    def f(x):
        return numpy.asarray(model.dfun(numpy.array(x).reshape(n, 1, 1), zero, 0.0)).ravel()

    lows = numpy.array([model.state_variable_range[v][0] for v in model.state_variables])
    highs = numpy.array([model.state_variable_range[v][1] for v in model.state_variables])
    found = []
    for k in range(600):
        start = (lows + highs) / 2 + (rng.random(n) - 0.5) * (highs - lows) * (1, 3)[k % 2]
        root = scipy.optimize.root(f, start, tol=1e-13)
        residual = numpy.abs(f(root.x)).max()
        if not residual < 1e-12 * max(1.0, numpy.abs(root.x).max()):
            continue
        bounds = model.state_variable_boundaries or {}
        inside = all(
            (b[0] is None or root.x[list(model.state_variables).index(v)] >= b[0])
            and (b[1] is None or root.x[list(model.state_variables).index(v)] <= b[1])
            for v, b in bounds.items()
        )
        if inside and not any(numpy.abs(root.x - x).max() < 1e-6 * max(1, numpy.abs(x).max()) for x in found):
            found.append(root.x)
    points = []
    for x in sorted(found, key=lambda x: tuple(x)):
        jacobian = numpy.empty((n, n))
        for j in range(n):
            h = 1e-5 * max(abs(x[j]), 1e-3)
            e = numpy.eye(n)[j] * h
            jacobian[:, j] = (8 * (f(x + e) - f(x - e)) - (f(x + 2 * e) - f(x - 2 * e))) / (12 * h)
        values = numpy.linalg.eigvals(jacobian)
        points.append({"state": x.tolist(), "re": values.real.tolist(), "im": values.imag.tolist()})
    result.append({"model": name, "with": changes, "points": points})
print(
    json.dumps(
        {"source": f"tvb-library 2.10.0, SciPy {scipy.__version__}", "script": "tvb_fixed_points.py", "cases": result},
        indent=1,
    )
)
