"""
Makes reference/*.json: for every model fixed points, the end of a short run without noise, and moments of an ensemble with
noise, as cases of the form of cases/*.json.

    pip install tvb-library==2.10.0 scipy ; python make_reference.py [MODEL ...]

Equations are TVB's (its dfun, alone) or, for models that TVB lacks, those that test/golden/models_rhs.py writes after the
papers; the scheme is Euler's in NumPy below, fixed points are SciPy's. Nothing comes from laennec.
"""
import json
import os
import sys
import zlib

import numpy as np
from scipy.optimize import root

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.append(os.path.join(HERE, "..", "golden"))
import models_rhs  # noqa: E402
from tvb_trajectories import RUNS  # noqa: E402

STEPS, SAMPLES, REGIONS = 40, 5000, 200
# laennec departs from TVB's equations in these by default, and copies them under compat: tvb.
COPIED = {"hopfield", "zetterberg-jansen", "reduced-set-fitzhugh-nagumo", "reduced-set-hindmarsh-rose", "k-ion-ex",
          "zerlaut-adaptation-second-order"}


def of_tvb(id):
    """(names, slope of [variables, samples], ranges, bounds, dt, source)"""
    kind, dt, _, _, _, _, changed = RUNS[id]
    model = kind()
    model.configure()
    modes = model.number_of_modes
    names = [f"{v}_{k}" if modes > 1 else v for v in model.state_variables for k in range(modes)]
    ranges = [changed.get(v, model.state_variable_range[v]) for v in model.state_variables for _ in range(modes)]
    edges = model.state_variable_boundaries or {}
    bounds = [edges.get(v, [None, None]) for v in model.state_variables for _ in range(modes)]

    def slope(x):
        state = x.reshape(model.nvar, modes, -1).transpose(0, 2, 1)
        model.__dict__.pop("derivative", None)  # Kuramoto keeps a buffer of the first shape.
        d = model.dfun(state.copy(), np.zeros((len(model.cvar), x.shape[-1], modes)))
        return np.asarray(d).transpose(0, 2, 1).reshape(x.shape)

    return names, slope, ranges, bounds, dt, "dfun of tvb-library 2.10.0"


def of_papers(id):
    entry = models_rhs.MODELS[id]
    p, c = models_rhs.defaults(id), [0.0] * len(entry["inputs"])
    slope = lambda x: np.array([entry["f"](list(column), c, p) for column in x.T]).T  # noqa: E731
    names = list(entry["states"])
    return names, slope, list(entry["states"].values()), [[None, None]] * len(names), 0.05, "test/golden/models_rhs.py, after the papers"


def clip(x, bounds):
    for row, (low, high) in zip(x, bounds):
        np.clip(row, -np.inf if low is None else low, np.inf if high is None else high, out=row)
    return x


def euler(slope, x, dt, bounds, amplitude=None, draws=None):
    for _ in range(STEPS):
        kick = 0.0 if amplitude is None else amplitude[:, None] * np.sqrt(dt) * draws.standard_normal(x.shape)
        x = clip(x + dt * slope(x) + kick, bounds)
    return x


def fixed_points(slope, ranges, bounds, draws):
    found = []
    for _ in range(60):
        start = np.array([draws.uniform(low, high) for low, high in ranges])
        with np.errstate(all="ignore"):
            at = root(lambda u: slope(u[:, None])[:, 0], start, tol=1e-13)
            x = at.x
            rest = np.abs(slope(x[:, None])[:, 0]).max() if np.all(np.isfinite(x)) else np.inf
        inside = all((low is None or v >= low) and (high is None or v <= high) for v, (low, high) in zip(x, bounds))
        if rest < 1e-11 and inside and np.abs(x).max() < 1e4 and not any(np.allclose(x, y, rtol=1e-6, atol=1e-8) for y in found):
            found.append(x)
    return sorted(found, key=lambda x: x[0])[:4]


def make(id):
    names, slope, ranges, bounds, dt, source = of_tvb(id) if id in RUNS else of_papers(id)
    draws = np.random.default_rng(zlib.crc32(id.encode()))
    samples = SAMPLES if id in RUNS else 2000
    length = STEPS * dt
    start = np.array([(low + high) / 2 for low, high in ranges], dtype=float)
    base = {
        "network": {"regions": 1}, "model": {"id": id}, "scheme": "euler", "dt": dt, "duration": length,
        "coupling": {"id": "linear", "parameters": {"a": 0.0}}, "monitor": {"kind": "subsample", "period": length},
    }
    state = lambda x: {"state": dict(zip(names, map(float, x)))}  # noqa: E731
    cases = []

    def case(what, runs, ask, values, tolerance, derivation):
        cases.append({"id": f"{id}-{what}", "title": f"{id}: {what}", "runs": runs, "ask": ask,
                      "right": {"values": [float(v) for v in values], "tolerance": [float(t) for t in tolerance], "derivation": derivation}})

    points = fixed_points(slope, ranges, bounds, draws)
    if points:
        # A region starts at each.
        at_rest = {"state": {name: [float(x[v]) for x in points] for v, name in enumerate(names)}}
        case("fixed-points", {"run": {**base, "network": {"regions": len(points)}, "duration": dt, "initial": at_rest,
                                      "monitor": {"kind": "raw"}}},
             {"kind": "values", "at": [["run", 0, name, k] for k in range(len(points)) for name in names]},
             np.concatenate(points), 1e-9 * np.maximum(1, np.abs(np.concatenate(points))),
             f"zeros of {source}, by SciPy, one per region; one step must stay there")
    end = euler(slope, start[:, None].copy(), dt, bounds)[:, 0]
    case("trajectory", {"run": {**base, "initial": state(start)}}, {"kind": "values", "at": [["run", -1, name, 0] for name in names]},
         end, 1e-9 * np.maximum(1e-2, np.abs(end)), f"{STEPS} steps of Euler's scheme in NumPy with {source}")
    # Noise that adds 2 % of the range of each variable.
    d = np.array([(0.02 * (high - low)) ** 2 / (2 * length) for low, high in ranges])
    cloud = euler(slope, np.repeat(start[:, None], samples, axis=1), dt, bounds, np.sqrt(2 * d), draws)
    mean, variance = cloud.mean(axis=1), cloud.var(axis=1)
    fourth = ((cloud - mean[:, None]) ** 4).mean(axis=1)
    errors = 1 / samples + 1 / REGIONS
    case("moments", {"run": {**base, "network": {"regions": REGIONS}, "initial": state(start), "seed": 1,
                             "noise": {"kind": "additive", "D": {n: float(v) for n, v in zip(names, d) if v > 0}}}},
         {"kind": "moments", "run": "run", "variables": names}, [*mean, *variance],
         [*(5 * np.sqrt(variance * errors) + 1e-12), *(5 * np.sqrt(np.maximum(fourth - variance**2, 0) * errors) + 1e-15)],
         f"means, then variances, of {samples} runs of {STEPS} steps of Euler-Maruyama in NumPy with {source}; five standard errors")
    golden = os.path.join("test", "golden")
    return {
        "model": id, "equations": source, "copied": id in COPIED,
        "slopes": os.path.join(golden, "tvb-rhs", f"{id}.json") if id in RUNS else os.path.join(golden, "models_rhs.json"),
        **({"delayed_network": os.path.join(golden, "tvb-trajectories", f"{id}.json")} if id in RUNS else {}),
        "cases": cases,
    }


if __name__ == "__main__":
    ids = sys.argv[1:] or [*(id for id in RUNS if "+" not in id), *models_rhs.MODELS]
    os.makedirs(os.path.join(HERE, "reference"), exist_ok=True)
    for id in ids:
        made = make(id)
        assert np.isfinite([v for case in made["cases"] for v in case["right"]["values"]]).all(), id
        with open(os.path.join(HERE, "reference", f"{id}.json"), "w", encoding="utf8") as file:
            json.dump(made, file, indent=1)
            file.write("\n")
        print(id, flush=True)
