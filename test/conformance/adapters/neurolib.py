"""
Runs what neurolib has of the cases: its Hopf model (diffusive coupling of x, Euler's scheme), and its balloon model.

Imported as adapters.neurolib, so that `import neurolib` below finds the package.
"""
import importlib.metadata

import numpy as np

from neurolib.models.bold.timeIntegration import simulateBOLD
from neurolib.models.hopf import HopfModel

from . import NotApplicable


def version():
    return {"program": "neurolib", "version": importlib.metadata.version("neurolib")}


def _balloon(run):
    spec, x = run["monitor"], run["initial"]["state"]["x"]
    if spec["preset"] != "friston-2003":
        raise NotApplicable("its balloon has the constants of Friston 2003 only")
    steps = round(run["duration"] / run["dt"])
    signal = simulateBOLD(np.full((1, steps), x), run["dt"] / 1000, np.ones(1))[0]
    every = round(spec["period"] / run["dt"])
    rows = np.arange(every - 1, steps, every)
    return {"time": list((rows + 1) * run["dt"]), "variables": ["x"], "data": signal[:, rows].T[:, None, :]}


def record(run):
    if run["monitor"]["kind"] == "balloon":
        return _balloon(run)
    if run["model"]["id"] != "sup-hopf":
        raise NotApplicable(f"no model {run['model']['id']}")
    if run["coupling"]["id"] != "difference" or run["scheme"] != "euler" or run["monitor"]["kind"] != "raw":
        raise NotApplicable("diffusive coupling and Euler's scheme only")
    network, n = run["network"], run["network"]["regions"]
    if n == 1:
        # Without a matrix neurolib simulates a single node.
        model = HopfModel(seed=run.get("seed"))
    else:
        model = HopfModel(
            Cmat=np.array(network["weights"], dtype=float),
            Dmat=np.array(network.get("lengths", np.zeros((n, n))), dtype=float), seed=run.get("seed"))
    p = model.params
    p["dt"], p["duration"] = run["dt"], run["duration"]
    p["a"], p["w"] = run["model"]["parameters"]["a"], run["model"]["parameters"]["omega"]
    p["K_gl"] = run["coupling"]["parameters"]["a"]
    p["signalV"] = run.get("conduction_speed", network.get("speed", 3.0))
    initial = run.get("initial", {})
    for ours, theirs in (("x", "xs_init"), ("y", "ys_init")):
        if "state" in initial:
            p[theirs] = np.array(np.broadcast_to(initial["state"][ours], n), dtype=float).reshape(n, 1)
        elif "history" in initial:
            p[theirs] = np.array(initial["history"][ours], dtype=float).T
    model.run()
    data = np.stack([model.x, model.y]).transpose(2, 0, 1)
    return {"time": [float(t) for t in model.t], "variables": ["x", "y"], "data": data}
