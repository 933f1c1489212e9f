"""
A TVB trajectory for every model, with delays: writes tvb-trajectories/NAME.json for each name on the command line
(all without one).

    pip install tvb-library==2.10.0 ; python tvb_trajectories.py [NAME ...]

Six regions with random asymmetric weights and tract lengths (some 0, two that fall on half steps), Heun's scheme
without noise, a past that differs at every step. TVB's way: coupling is read once per step, at its start, and serves both
stages of the scheme; a delay of d steps reads the state d steps back; states are put back into their bounds after each
stage. A loop in plain NumPy beside TVB's simulator, written from that description, must agree with it.

TVB 2.10.0 keeps the history of coupling variables, the weights it couples with, and the sums of its sparse couplings in
single precision, whatever the precision of the state. "states" is TVB as installed; "double" is the same run with these
arrays in double precision, which is what the plain loop must give. Difference, Kuramoto and (through the order of its
sum) sigmoidal couplings round each link's difference to single precision as installed; runs with them have "double" only.

The past is not stored but drawn again by the reader: from the stream mulberry32(fnv1a("trajectory " + NAME)), for each
row (oldest first; the last row is the state at the start), state variable (with modes: NAME_0, NAME_1, …) and region,
uniform in the given range. Stored are the states [sample][state variable][region] after steps every, 2 every, …, as
base64 of little-endian f64.
"""
import base64
import importlib.metadata
import json
import os
import sys

import numpy as np
from tvb.datatypes.connectivity import Connectivity
from tvb.simulator import coupling, history, models
from tvb.simulator.integrators import HeunDeterministic
from tvb.simulator.monitors import Raw
from tvb.simulator.simulator import Simulator

from generator import fnv1a, lines, mulberry32, uniform

N, STEPS, EVERY = 6, 1000, 50

# name, which is the model's id and the coupling's where the model has several: (class, dt, changed model parameters, coupling id, class, its parameters, changed ranges of the past)
RUNS = {
    "montbrio-pazo-roxin": (
        models.MontbrioPazoRoxin, 0.03125, {"cv": 0.5, "eta": -4.6}, "linear", coupling.Linear, {"a": 0.3, "b": 0.01}, {},
    ),
    "jansen-rit": (
        models.JansenRit, 0.5, {"mu": 0.1}, "sigmoidal-jansen-rit", coupling.SigmoidalJansenRit, {"a": 4.0},
        {"y0": [-0.2, 0.2], "y1": [-10, 30], "y2": [-10, 20], "y3": [-0.6, 0.6], "y4": [-2, 2], "y5": [-5, 5]},
    ),
    "generic-2d-oscillator": (
        models.Generic2dOscillator, 0.5, {"a": 1.5, "tau": 1.2}, "hyperbolic-tangent", coupling.HyperbolicTangent,
        {"a": 0.2, "b": 0.9, "midpoint": 0.3, "sigma": 0.7}, {},
    ),
    "reduced-wong-wang": (
        models.ReducedWongWang, 1.0, {"w": 0.9, "J_N": 0.3}, "linear", coupling.Linear, {"a": 0.02}, {},
    ),
    "reduced-wong-wang-exc-inh": (
        models.ReducedWongWangExcInh, 0.5, {"lamda": 0.1}, "scaling", coupling.Scaling, {"a": 0.1}, {},
    ),
    "wilson-cowan": (
        models.WilsonCowan, 0.5, {"c_ee": 16, "c_ei": 12, "c_ie": 15, "c_ii": 3, "a_e": 1.3, "b_e": 4, "a_i": 2, "b_i": 3.7},
        "linear", coupling.Linear, {"a": 0.8, "b": 0.2}, {},
    ),
    "epileptor": (
        models.Epileptor, 0.0625, {"Kvf": 0.5, "Kf": 0.4, "Ks": -1.5, "r": 0.001}, "linear", coupling.Linear, {"a": 0.1}, {},
    ),
    "epileptor+difference": (
        models.Epileptor, 0.0625, {"Kvf": 0.5, "Kf": 0.4, "Ks": -1.5, "r": 0.001}, "difference", coupling.Difference,
        {"a": 0.3}, {},
    ),
    "epileptor-2d": (
        models.Epileptor2D, 0.0625, {"Kvf": 0.5, "Ks": -1.5, "r": 0.001}, "linear", coupling.Linear, {"a": 0.1}, {},
    ),
    "epileptor-2d+difference": (
        models.Epileptor2D, 0.0625, {"Kvf": 0.5, "Ks": -1.5, "r": 0.001}, "difference", coupling.Difference, {"a": 0.3}, {},
    ),
    "kuramoto": (models.Kuramoto, 0.0625, {}, "linear", coupling.Linear, {"a": 0.05}, {}),
    "kuramoto+kuramoto": (models.Kuramoto, 0.0625, {}, "kuramoto", coupling.Kuramoto, {"a": 0.2}, {}),
    "sup-hopf": (
        models.SupHopf, 0.03125, {"a": 0.4}, "linear", coupling.Linear, {"a": 0.1}, {"x": [-2, 2], "y": [-2, 2]},
    ),
    "sup-hopf+difference": (
        models.SupHopf, 0.03125, {"a": 0.4}, "difference", coupling.Difference, {"a": 0.5}, {"x": [-2, 2], "y": [-2, 2]},
    ),
    "linear": (models.Linear, 0.0625, {"gamma": -4}, "linear", coupling.Linear, {"a": 0.8, "b": 0.1}, {}),
    "linear+sigmoidal": (
        models.Linear, 0.0625, {"gamma": -4}, "sigmoidal", coupling.Sigmoidal, {"cmin": -2, "cmax": 3, "sigma": 0.8}, {},
    ),
    "hopfield": (models.Hopfield, 0.0625, {"taux": 2, "dynamic": 0}, "scaling", coupling.Scaling, {"a": 0.3}, {}),
    "zetterberg-jansen": (
        models.ZetterbergJansen, 0.25, {"P": 0.3}, "linear", coupling.Linear, {"a": 0.1},
        {**{f"v{k}": [-5, 15] for k in range(1, 8)}, **{f"y{k}": [-2, 2] for k in range(1, 6)}},
    ),
    "larter-breakspear": (
        models.LarterBreakspear, 0.1, {"d_V": 0.57, "C": 0.05}, "hyperbolic-tangent", coupling.HyperbolicTangent,
        {"a": 0.1, "b": 0.9, "midpoint": 0.1, "sigma": 0.65}, {},
    ),
    "deco-balanced-exc-inh": (
        models.DecoBalancedExcInh, 0.5, {"lamda": 0.1, "M_i": 1.5}, "scaling", coupling.Scaling, {"a": 0.1}, {},
    ),
    "coombes-byrne": (models.CoombesByrne, 0.01, {"eta": 8}, "linear", coupling.Linear, {"a": 0.3, "b": 0.01}, {}),
    "coombes-byrne-2d": (models.CoombesByrne2D, 0.02, {}, "linear", coupling.Linear, {"a": 0.3, "b": 0.01}, {}),
    "gast-schmidt-knosche-sd": (
        models.GastSchmidtKnosche_SD, 0.02, {"cv": 0.5}, "linear", coupling.Linear, {"a": 0.2}, {},
    ),
    "gast-schmidt-knosche-sf": (
        models.GastSchmidtKnosche_SF, 0.02, {"cv": 0.5}, "linear", coupling.Linear, {"a": 0.2}, {},
    ),
    "dumont-gutkin": (
        models.DumontGutkin, 0.05, {"J_ee": 2, "J_ie": 3, "eta_e": 2}, "linear", coupling.Linear, {"a": 0.4, "b": 0.01}, {},
    ),
    "epileptor-resting-state": (
        models.EpileptorRestingState, 0.0625, {"Kvf": 0.5, "Kf": 0.4, "Ks": -1.5, "r": 0.001, "a_rs": 2, "d_rs": 0.1},
        "linear", coupling.Linear, {"a": 0.1}, {},
    ),
    "epileptor-codim3": (models.EpileptorCodim3, 0.0625, {"Ks": 0.2, "c": 0.01}, "linear", coupling.Linear, {"a": 0.1}, {}),
    "epileptor-codim3-slow-mod": (
        models.EpileptorCodim3SlowMod, 0.0625, {"Ks": 0.2, "c": 0.01, "cA": 0.001, "cB": 0.0008},
        "linear", coupling.Linear, {"a": 0.1}, {"uA": [0, 0.1], "uB": [0, 0.1]},
    ),
    "reduced-set-fitzhugh-nagumo": (
        models.ReducedSetFitzHughNagumo, 0.03125, {"mu": 0.3, "sigma": 0.4}, "linear", coupling.Linear,
        {"a": 0.02, "b": 0.01}, {},
    ),
    "reduced-set-hindmarsh-rose": (
        models.ReducedSetHindmarshRose, 0.015625, {"mu": 2.2, "sigma": 0.4}, "linear", coupling.Linear, {"a": 0.02, "b": 0.01},
        {"xi": [-1, 1], "eta": [-5, 2], "tau": [2, 5], "alpha": [-1, 1], "beta": [-5, 2], "gamma": [2, 5]},
    ),
    "k-ion-ex": (
        models.KIonEx, 0.01, {"K_bath": 15}, "linear", coupling.Linear, {"a": 0.1},
        {"V": [-80, -20], "DKi": [-2, 0], "Kg": [0, 4]},
    ),
    "zerlaut-adaptation-first-order": (
        models.ZerlautAdaptationFirstOrder, 0.5, {"external_input_ex_ex": 0.004, "external_input_in_ex": 0.003, "b_e": 20},
        "linear", coupling.Linear, {"a": 0.1},
        {"E": [0.001, 0.05], "I": [0.001, 0.05], "W_i": [0, 20], "ou_drift": [-0.0001, 0.0003]},
    ),
    "zerlaut-adaptation-second-order": (
        models.ZerlautAdaptationSecondOrder, 0.5, {"external_input_ex_ex": 0.004, "external_input_in_ex": 0.003, "S_i": 0.8},
        "linear", coupling.Linear, {"a": 0.1},
        {"E": [0.001, 0.05], "I": [0.001, 0.05], "C_ee": [0, 1e-5], "C_ei": [-1e-5, 1e-5], "C_ii": [0, 1e-5],
         "W_i": [0, 20], "ou_drift": [-0.0001, 0.0003]},
    ),
}


def network():
    stream = mulberry32(fnv1a("trajectories"))
    weights, steps = np.zeros((N, N)), np.zeros((N, N))
    for i in range(N):
        for j in range(N):
            first, second, third = next(stream), next(stream), next(stream)
            if i != j and first < 0.7:
                weights[i, j] = round(second, 6)
                steps[i, j] = 0.0 if third < 0.2 else round(25 * third, 3)
    edges = np.argwhere(steps > 0)
    steps[tuple(edges[0])], steps[tuple(edges[-1])] = 2.5, 3.5
    return weights, steps  # lengths in steps; the speed of a run makes them so


def set_precision(code):
    """The type of TVB's history arrays: "f" as installed, "d" for double precision."""
    for cls, names in (
        (history.BaseHistory, ("weights", "delays")),
        (history.DenseHistory, ("es_weights", "buffer", "current_state", "delayed_state")),
        (history.SparseHistory, ("nnz_weights",)),
    ):
        for name in names:
            vars(cls)[name].dtype = code


def by_hand(model, item, weights, delays, past, dt):
    """The same run in a plain loop."""
    cvar, bounds = model.cvar, model.state_variable_boundaries or {}

    def clamp(x):
        for name, (low, high) in bounds.items():
            k = list(model.state_variables).index(name)
            x[k] = np.clip(x[k], low, high)
        return x

    states = [clamp(row.copy()) for row in past]  # variable, region, mode
    for _ in range(STEPS):
        x = states[-1]
        arriving = np.array([[states[-1 - delays[i, j]][cvar, j] for j in range(N)] for i in range(N)])  # i, j, cvar, mode
        own = x[cvar].transpose(1, 0, 2)[:, :, np.newaxis]  # to, cvar, from, mode
        pre = item.pre(own, arriving.transpose(0, 2, 1, 3))
        total = (weights[:, np.newaxis, :, np.newaxis] * pre).sum(axis=2)  # to, cvar, mode
        if isinstance(item, coupling.Kuramoto):
            c = item.a * total / len(cvar)
        else:
            c = item.post(total)
        c = c.transpose(1, 0, 2)
        k1 = model.dfun(x, c).copy()
        k2 = model.dfun(clamp(x + dt * k1), c)
        states.append(clamp(x + (k1 + k2) * dt / 2))
    return np.array(states[len(past):])


def with_parameters(cls, changed):
    return cls(**{k: np.array([v], dtype=getattr(cls, k).dtype) for k, v in changed.items()})


def run(name, cls, dt, changed, coupling_id, coupling_cls, coupling_parameters, ranges):
    weights, in_steps = network()
    speed = 2.0 / dt
    lengths = 2.0 * in_steps
    model = with_parameters(cls, changed)
    item = with_parameters(coupling_cls, coupling_parameters)
    connectivity = Connectivity(
        weights=weights, tract_lengths=lengths, speed=np.array([speed]),
        region_labels=np.array([str(k) for k in range(N)]), centres=np.zeros((N, 3)),
    )
    connectivity.configure()
    connectivity.set_idelays(dt)
    delays = connectivity.idelays
    rows = int(delays.max()) + 1
    model.configure()
    modes = model.number_of_modes
    past_ranges = {
        k if modes == 1 else f"{k}_{mode}": [float(v) for v in ranges.get(k, model.state_variable_range[k])]
        for k in model.state_variables for mode in range(modes)
    }
    stream = mulberry32(fnv1a("trajectory " + name))
    past = np.array([[[uniform(stream, *r) for _ in range(N)] for r in past_ranges.values()] for _ in range(rows)])
    past = past.reshape(rows, -1, modes, N).transpose(0, 1, 3, 2)

    def simulate():
        # Not every class lets all its variables be observed.
        object.__setattr__(cls.variables_of_interest, "element_choices", tuple(model.state_variables))
        model.variables_of_interest = tuple(model.state_variables)
        sim = Simulator(
            model=model, coupling=item, connectivity=connectivity, integrator=HeunDeterministic(dt=dt),
            monitors=(Raw(),), initial_conditions=past.copy(), simulation_length=STEPS * dt,
        ).configure()
        (_, y), = sim.run(simulation_length=STEPS * dt)
        return y

    set_precision("f")
    stock = simulate()
    set_precision("d")
    y = simulate()
    assert y.shape == (STEPS, len(model.state_variables), N, modes), y.shape
    hand = by_hand(model, item, weights, np.asarray(delays, int), past, dt)
    spread = np.ptp(y, axis=(0, 2))[np.newaxis, :, np.newaxis]
    spread[spread == 0] = 1
    difference = np.max(np.abs(hand - y) / spread)
    stock_difference = float(np.max(np.abs(stock - y) / spread))
    print(f"{name:26s} rows {rows}  by hand {difference:.1e}  stock {stock_difference:.1e}  spread {spread.ravel()}")
    assert np.isfinite(y).all() and difference < 1e-10, name

    def encoded(states):
        return states[EVERY - 1 :: EVERY].transpose(0, 1, 3, 2).astype("<f8").tobytes()

    return {
        "source": f"tvb-library {importlib.metadata.version('tvb-library')}",
        "script": "test/golden/tvb_trajectories.py",
        "model": name.split("+")[0],
        "scheme": "heun",
        "steps": STEPS,
        "every": EVERY,
        "weights": weights.tolist(),
        "tract_lengths": lengths.tolist(),
        "delays": np.asarray(delays, int).tolist(),
        "parameters": changed,
        "coupling": {"id": coupling_id, "parameters": coupling_parameters},
        "dt": dt,
        "speed": speed,
        "past_rows": rows,
        "past": past_ranges,
        "stock_difference": float(f"{stock_difference:.2e}"),
        "states": None if "+" in name else base64.b64encode(encoded(stock)).decode(),
        "double": base64.b64encode(encoded(y)).decode(),
    }


if __name__ == "__main__":
    folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "tvb-trajectories")
    for name in sys.argv[1:] or RUNS:
        with open(os.path.join(folder, f"{name}.json"), "w") as file:
            file.write(lines(run(name, *RUNS[name])))
