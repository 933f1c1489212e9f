"""
TVB's couplings on a small random network: writes tvb_couplings.json beside this script.

    pip install tvb-library==2.10.0 ; python tvb_couplings.py

The network is not stored but drawn again by the reader. From the stream mulberry32(fnv1a("couplings")): 7 by 7 weights
[target][source], row by row, each 0 when a first number is below 0.4 and else a second number times 2; one row is then
set to 0 (a region without input) and one diagonal element to 0.5. Then per variable (2) and region the own state, then per
variable, target and source the delayed state that arrives over that edge, all uniform in [-2, 2]. Every edge has a
delayed state of its own: stronger than any history. Per coupling a stream mulberry32(fnv1a(id)) gives the parameters of
the cases after the first (the defaults), uniform in the ranges of the file.
Stored is what the coupling returns, [case][input][region], as base64 of little-endian f64.
"""
import base64
import hashlib
import importlib.metadata
import json
import os

import numpy as np
from tvb.simulator import coupling

from generator import fnv1a, mulberry32, uniform

N, VARIABLES, CASES, SILENT = 7, 2, 6, 4


def network():
    stream = mulberry32(fnv1a("couplings"))
    w = np.zeros((N, N))
    for i in range(N):
        for j in range(N):
            first, second = next(stream), next(stream)
            w[i, j] = 0.0 if first < 0.4 else 2 * second
    w[SILENT] = 0.0
    w[2, 2] = 0.5
    own = np.array([[uniform(stream, -2, 2) for _ in range(N)] for _ in range(VARIABLES)])
    delayed = np.array([[[uniform(stream, -2, 2) for _ in range(N)] for _ in range(N)] for _ in range(VARIABLES)])
    return w, own, delayed


class History:
    """What a TVB coupling asks of a history: states [variable][region][mode], arriving states per edge."""

    def __init__(self, w, own, delayed):
        self.n_cvar, self.n_node, self.n_mode = len(own), N, 1
        rows, cols = np.nonzero(w)
        self.nnz_row_el_idx, self.n_nnzw, self.nnz_weights = rows, len(rows), w[rows, cols]
        self.es_weights = w.reshape(N, 1, N, 1)
        self.own, self.delayed, self.cols = own[..., np.newaxis], delayed, cols

    def query(self, step):
        return self.own, self.delayed.transpose(1, 0, 2)[..., np.newaxis]

    def query_sparse(self, step):
        return self.own, self.delayed[:, self.nnz_row_el_idx, self.cols][..., np.newaxis]


# id: (class, fixed arguments, coupling variables, ranges of the random parameters)
COUPLINGS = {
    "linear": (coupling.Linear, {}, 2, {"a": [0, 1], "b": [-1, 1]}),
    "scaling": (coupling.Scaling, {}, 2, {"a": [0, 1]}),
    "hyperbolic-tangent": (
        coupling.HyperbolicTangent, {}, 2,
        {"a": [-2, 2], "b": [-1, 1], "midpoint": [-1, 1], "sigma": [0.1, 2]},
    ),
    "sigmoidal": (
        coupling.Sigmoidal, {}, 2,
        {"cmin": [-2, 0], "cmax": [0, 2], "midpoint": [-1, 1], "a": [0.1, 2], "sigma": [0.5, 230]},
    ),
    "sigmoidal-jansen-rit": (
        coupling.SigmoidalJansenRit, {}, 2,
        {"cmin": [-1, 0], "cmax": [0, 1], "midpoint": [-6, 6], "r": [0.1, 1], "a": [0.1, 10]},
    ),
    "pre-sigmoidal": (
        coupling.PreSigmoidal, {"dynamic": False}, 1,
        {"H": [-1, 1], "Q": [-1, 1], "G": [-2, 2], "P": [-1, 1], "theta": [-1, 1]},
    ),
    "pre-sigmoidal-dynamic": (
        coupling.PreSigmoidal, {"dynamic": True}, 2, {"H": [-1, 1], "Q": [-1, 1], "G": [-2, 2], "P": [-1, 1]},
    ),
    "difference": (coupling.Difference, {}, 2, {"a": [0, 10]}),
    "kuramoto": (coupling.Kuramoto, {}, 1, {"a": [0, 1]}),
}


def golden(id, cls, fixed, variables, ranges):
    w, own, delayed = network()
    history = History(w, own[:variables], delayed[:variables])
    stream = mulberry32(fnv1a(id))
    results = []
    for case in range(CASES):
        drawn = {} if case == 0 else {k: np.array([uniform(stream, *r)]) for k, r in ranges.items()}
        item = cls(**fixed, **drawn)
        item.configure()
        results.append(np.asarray(item(0, history))[..., 0])
    data = np.array(results).astype("<f8")
    return {
        "class": cls.__name__,
        "variables": variables,
        "defaults": {k: float(getattr(cls(), k)[0]) for k in ranges},
        "ranges": ranges,
        "shape": list(data.shape),
        "values": base64.b64encode(data.tobytes()).decode(),
        "sha256": hashlib.sha256(data.tobytes()).hexdigest(),
    }


if __name__ == "__main__":
    result = {
        "source": f"tvb-library {importlib.metadata.version('tvb-library')}",
        "script": "test/golden/tvb_couplings.py",
        "regions": N,
        "cases": CASES,
        "silent": SILENT,
        "couplings": {id: golden(id, *rest) for id, rest in COUPLINGS.items()},
    }
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "tvb_couplings.json"), "w") as file:
        file.write(json.dumps(result, indent=1) + "\n")
