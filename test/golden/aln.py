"""neurolib's cascade model of adaptive exponential integrate-and-fire neurons: its tables, and runs of it.

neurolib (MIT licence) is asked for numbers only. `equations`: runs with our tables put in place of its own, so that a
difference is one of the equations. `regimes`: runs with its own tables. `tables`: its tables at places of its grid.

    pip install neurolib==0.6.2 numpy==2.4.6 numba==0.68.1 scipy==1.17.1 h5py
    python test/golden/aln.py        from the repository's root; writes test/golden/aln.json
"""

import base64
import hashlib
import json
import re

import numpy as np
from neurolib.models.aln import ALNModel

SOURCE = open("src/models/parts/aln-tables.ts").read()
NAMES = dict(rate="precalc_r", voltage="precalc_V", tau="precalc_tau_mu")
MU = -1 + 0.025 * np.arange(321)
SIGMA = 0.5 + 0.125 * np.arange(37)
ZERO = ["mufe", "mufi", "seem", "seim", "siem", "siim", "seev", "seiv", "siev", "siiv"]


def ours(name):
    text = re.search(name + r':[^"]*"([^"]+)"', SOURCE).group(1)
    return np.frombuffer(base64.b64decode(text), "<f4").reshape(321, 37).astype(float)


def model(given, weights=None, lengths=None, tables=False):
    m = ALNModel(Cmat=weights, Dmat=lengths) if weights is not None else ALNModel()
    n = m.params["N"]
    p = m.params
    p["dt"], p["sigma_ou"], p["seed"] = 0.1, 0.0, 1
    for name, value in given.items():
        p[name] = value
    p["mue_ou"] = np.full(n, p["mue_ext_mean"])
    p["mui_ou"] = np.full(n, p["mui_ext_mean"])
    for name in ZERO:
        p[name + "_init"] = np.zeros(n)
    for name in ("IA_init", "rates_exc_init", "rates_inh_init"):
        p[name] = np.zeros((n, 1))
    if tables:
        for name, theirs in NAMES.items():
            p[theirs] = ours(name)
        p["Irange"], p["dI"], p["sigmarange"], p["ds"] = MU, 0.025, SIGMA, 0.125
    m.run()
    return m


def sampled(values, every):
    return [[float(x) for x in row[every - 1 :: every]] for row in np.atleast_2d(values)]


def equation_run(given, **more):
    m = model(given, tables=True, **more)
    return {"parameters": given, "every": 50, "rate": sampled(m.rates_exc, 50), "IA": sampled(m.IA[:, -len(m.t) :], 50)}


def regime(mue, mui, b, milliseconds):
    given = dict(mue_ext_mean=mue, mui_ext_mean=mui, b=b, duration=milliseconds, distr_delay=1, tau_de=4.0, tau_di=2.0)
    m = model(given | dict(de=0.0, di=0.0))
    r = m.rates_exc[0][len(m.t) // 2 :]
    middle = (r.max() + r.min()) / 2
    up = np.flatnonzero((r[:-1] < middle) & (r[1:] >= middle))
    moves = r.max() - r.min() > 1e-3
    return {
        **dict(mue_ext_mean=mue, mui_ext_mean=mui, b=b),
        "low": float(r.min()),
        "high": float(r.max()),
        "hertz": float(1e4 * (len(up) - 1) / (up[-1] - up[0])) if moves else 0,
    }


def main():
    p = ALNModel().params
    rng = np.random.default_rng(1)
    places = [(int(i), int(j)) for i, j in zip(rng.integers(0, 350, 50), rng.integers(0, 64, 50))]
    still = dict(de=0.0, di=0.0)
    alone = dict(duration=300.0, mue_ext_mean=1.0, mui_ext_mean=0.3, a=4.0, b=20.0, **still)
    weights = np.array([[0, 1, 0], [1, 0, 1], [0, 1, 0]], dtype=float)
    lengths = np.array([[0, 3, 0], [3, 0, 7], [0, 7, 0]], dtype=float)
    data = {
        "source": "neurolib 0.6.2 (MIT), test/golden/aln.py",
        "tables": [
            [float(p["Irange"][i]), float(p["sigmarange"][j])] + [float(p[t][i, j]) for t in NAMES.values()]
            for i, j in places
        ],
        "equations": {
            "distributed": equation_run(dict(alone, distr_delay=1, tau_de=4.0, tau_di=2.0)),
            "undelayed": equation_run(alone),
            "network": equation_run(
                dict(duration=300.0, mue_ext_mean=1.8, mui_ext_mean=1.2, b=10.0, signalV=1.0, **still),
                weights=weights,
                lengths=lengths,
            ),
        },
        "regimes": {
            "silent": regime(1.0, 1.5, 0.0, 3000),
            "active": regime(2.0, 1.0, 0.0, 3000),
            "more active": regime(2.5, 2.5, 0.0, 3000),
            "fast": regime(1.0, 0.3, 0.0, 3000),
            "fast, less driven": regime(0.4, 0.3, 0.0, 3000),
            "slow": regime(2.5, 2.0, 40.0, 12000),
        },
    }
    data["sha256"] = hashlib.sha256(json.dumps(data).encode()).hexdigest()
    with open("test/golden/aln.json", "w") as file:
        json.dump(data, file, indent=1)
        file.write("\n")


if __name__ == "__main__":
    main()
