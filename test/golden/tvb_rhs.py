"""
Right-hand sides of TVB at random states: writes tvb_rhs.json beside this script.

    pip install tvb-library==2.10.0 ; python tvb_rhs.py

States, inputs and parameters are not stored but drawn again by the reader: per model a stream mulberry32(fnv1a(id)),
per sample first the state variables, then the inputs, then, from sample `default_samples` on, the parameters, each
uniform in its range, in the order of the file. Parameters with "choices" take 0 or 1 (number < 0.5 is 0).
Stored are the derivatives, [state variable][sample], as base64 of little-endian f64.
"""
import base64
import hashlib
import importlib.metadata
import json
import os

import numpy as np
from tvb.simulator import models
from tvb.simulator.models.base import ModelNumbaDfun

from generator import fnv1a, mulberry32, uniform

SAMPLES, DEFAULTS = 1000, 300
UNUSED = {  # declared by TVB, absent from its equations
    "MontbrioPazoRoxin": ["Gamma"],
    "JansenRit": ["p_min", "p_max"],
    "ReducedWongWang": ["sigma_noise"],
    "Epileptor": ["s"],
}
STATES = {  # to enter the branch z < 0; to stay where the sigmoids of JansenRit are not saturated
    "JansenRit": {"y0": [-0.2, 0.2], "y1": [-10.0, 30.0], "y2": [-10.0, 20.0], "y3": [-0.6, 0.6], "y4": [-2.0, 2.0],
                  "y5": [-5.0, 5.0]},
    "Epileptor": {"z": [-2.0, 5.0]},
    "Epileptor2D": {"z": [-2.0, 5.0]},
}
LOWEST = {  # TVB's ranges begin at a singular 0, or at values where all saturates
    "MontbrioPazoRoxin": {"tau": 0.5},
    "ReducedWongWang": {"d": 10.0},
    "ReducedWongWangExcInh": {"d_e": 0.01, "d_i": 0.01},
    "WilsonCowan": {"tau_e": 1.0, "tau_i": 1.0},
}
INPUTS = {"JansenRit": [-0.2, 0.2], "ReducedWongWang": [0.0, 1.0], "ReducedWongWangExcInh": [0.0, 1.0]}


def parameter_ranges(model):
    """Name -> {default, range} or {default, choices}: TVB's domain, else half to one and a half of the default."""
    out = {}
    for name in type(model).declarative_attrs:
        attr = getattr(type(model), name)
        value = getattr(model, name)
        if name in UNUSED.get(type(model).__name__, []) or not isinstance(value, np.ndarray):
            continue
        if value.dtype == bool:
            out[name] = {"default": int(value[0]), "choices": [0, 1]}
            continue
        default = float(value[0])
        low, high = (attr.domain.lo, attr.domain.hi) if attr.domain else sorted([0.5 * default, 1.5 * default])
        low = LOWEST.get(type(model).__name__, {}).get(name, low)
        out[name] = {"default": default, "range": [float(low), float(high)]}
    return out


def golden(id, cls):
    model = cls()
    name = cls.__name__
    parameters = parameter_ranges(model)
    states = {}
    for variable in model.state_variables:
        low, high = STATES.get(name, {}).get(variable, [float(v) for v in model.state_variable_range[variable]])
        middle, half = (low + high) / 2, 0.6 * (high - low)
        states[variable] = [middle - half, middle + half]
    inputs = [INPUTS.get(name, [-1.0, 1.0])] * len(model.cvar)

    stream = mulberry32(fnv1a(id))
    x = np.empty((len(states), SAMPLES, 1))
    c = np.empty((len(inputs), SAMPLES, 1))
    p = {k: np.full(SAMPLES, v["default"], float) for k, v in parameters.items()}
    for k in range(SAMPLES):
        x[:, k, 0] = [uniform(stream, *r) for r in states.values()]
        c[:, k, 0] = [uniform(stream, *r) for r in inputs]
        if k >= DEFAULTS:
            for key, v in parameters.items():
                p[key][k] = float(next(stream) >= 0.5) if "choices" in v else uniform(stream, *v["range"])

    def evaluate(rows, values):
        """TVB's dfun; booleans are one for all regions there, so rows with one choice go together."""
        m = cls()
        numba = isinstance(m, ModelNumbaDfun)
        for key, v in parameters.items():
            part = values[key][rows]
            if "choices" in v:
                setattr(m, key, np.array([bool(part[0])]))
            else:
                setattr(m, key, part.copy() if numba else part.reshape(-1, 1))
        m.configure()
        compiled = m.dfun(x[:, rows], c[:, rows])[..., 0]
        if numba:  # the plain version is the one whose 'if' over booleans is certain
            for key, v in parameters.items():
                if "choices" not in v:
                    setattr(m, key, values[key][rows].reshape(-1, 1))
            plain = m._numpy_dfun(x[:, rows], c[:, rows])[..., 0]
        else:
            plain = compiled
        return compiled, plain

    groups = {}
    for k in range(SAMPLES):
        groups.setdefault(tuple(p[key][k] for key, v in parameters.items() if "choices" in v), []).append(k)
    out = np.empty((len(states), SAMPLES))
    differ = 0.0
    with np.errstate(over="ignore"):
        for rows in groups.values():
            compiled, plain = evaluate(np.array(rows), p)
            out[:, rows] = plain
            differ = max(differ, np.max(np.abs(compiled - plain) / np.max(np.abs(plain), axis=1, keepdims=True)))
    assert np.isfinite(out).all(), name
    print(f"{name:25s} scale {np.abs(out).max(axis=1)}  numba against numpy {differ:.1e}")
    data = out.astype("<f8").tobytes()
    return {
        "class": name,
        "states": states,
        "inputs": inputs,
        "parameters": parameters,
        "derivatives": base64.b64encode(data).decode(),
        "sha256": hashlib.sha256(data).hexdigest(),
    }


IDS = {
    "montbrio-pazo-roxin": models.MontbrioPazoRoxin,
    "jansen-rit": models.JansenRit,
    "generic-2d-oscillator": models.Generic2dOscillator,
    "reduced-wong-wang": models.ReducedWongWang,
    "reduced-wong-wang-exc-inh": models.ReducedWongWangExcInh,
    "wilson-cowan": models.WilsonCowan,
    "epileptor": models.Epileptor,
    "epileptor-2d": models.Epileptor2D,
    "kuramoto": models.Kuramoto,
    "sup-hopf": models.SupHopf,
    "linear": models.Linear,
}

if __name__ == "__main__":
    result = {
        "source": f"tvb-library {importlib.metadata.version('tvb-library')}",
        "script": "test/golden/tvb_rhs.py",
        "samples": SAMPLES,
        "default_samples": DEFAULTS,
        "models": {id: golden(id, cls) for id, cls in IDS.items()},
    }
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "tvb_rhs.json"), "w") as file:
        json.dump(result, file, indent=1)
        file.write("\n")
