"""
TVB's exact propagation table: writes tvb_history.json beside this script.

    pip install tvb-library==2.10.0 ; python tvb_history.py

Four regions in a chain: region i receives from region i + 1 with weight 1; tract lengths are 0, 1, … 15 mm in rows of
four, the speed is 1 mm/ms and the step 1 ms; the past is 1 everywhere. Each step replaces x by x plus the delayed
sum (TVB's Identity integrator with a model that returns x + c), which is Euler's step of 1 for dx/dt = c. The same
set-up, with the same expected integers, is the test_propagation of TVB 2.10.0's own history_test.py; the run must
reproduce the table that is written there.
"""
import importlib.metadata
import json
import os

import numpy as np
from tvb.basic.neotraits.api import List
from tvb.datatypes.connectivity import Connectivity
from tvb.simulator.coupling import Scaling
from tvb.simulator.integrators import Identity
from tvb.simulator.models.base import Model
from tvb.simulator.monitors import Raw
from tvb.simulator.simulator import Simulator

FROM_TVB_TEST = [
    [2, 2, 2, 1], [3, 3, 3, 1], [5, 4, 4, 1], [8, 5, 5, 1], [12, 6, 6, 1],
    [17, 7, 7, 1], [23, 8, 8, 1], [30, 10, 9, 1], [38, 13, 10, 1], [48, 17, 11, 1],
]


class Sum(Model):
    _nvar = 1
    nvar = 1
    state_variable_range = {"x": [0, 100]}
    variables_of_interest = List(of=str, default=("x",), choices=("x",))
    state_variables = ("x",)
    cvar = np.array([0])

    def dfun(self, x, coupling, local_coupling=0):
        return x + coupling


def run(n=4, steps=10):
    weights = np.diag(np.ones(n - 1), 1)
    lengths = np.arange(n * n, dtype=float).reshape(n, n)
    sim = Simulator(
        connectivity=Connectivity(
            weights=weights, tract_lengths=lengths, speed=np.array([1.0]),
            region_labels=np.array([str(k) for k in range(n)]), centres=np.zeros((n, 3)),
        ),
        coupling=Scaling(a=np.array([1.0])),
        model=Sum(),
        integrator=Identity(dt=1.0),
        initial_conditions=np.ones((n * n, 1, n, 1)),
        monitors=(Raw(),),
        simulation_length=float(steps),
    ).configure()
    (_, data), = sim.run()
    return weights, lengths, data[:, 0, :, 0]


if __name__ == "__main__":
    weights, lengths, table = run()
    assert (table == np.array(FROM_TVB_TEST)).all(), table
    result = {
        "source": f"tvb-library {importlib.metadata.version('tvb-library')}",
        "script": "test/golden/tvb_history.py",
        "weights": weights.tolist(),
        "tract_lengths": lengths.tolist(),
        "speed": 1,
        "dt": 1,
        "past": 1,
        "table": [[int(v) for v in row] for row in table],
    }
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "tvb_history.json"), "w") as file:
        file.write(json.dumps(result, indent=1) + "\n")
