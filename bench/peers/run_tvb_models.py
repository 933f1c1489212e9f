"""The Virtual Brain (tvb-library), many models on one network in one process: a line read is the name of the one to run."""

import importlib.metadata
import json
import logging
import sys
import time
import warnings

import numpy

warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)

from tvb.simulator.lab import connectivity, coupling, integrators, models, monitors, simulator  # noqa: E402

from protocol import read_connectome, task  # noqa: E402


def arrays(values):
    return {name: numpy.array([value]) for name, value in values.items()}


def simulation(t, run):
    weights, lengths = read_connectome(t["connectome"])
    n = len(weights)
    brain = connectivity.Connectivity(
        weights=weights,
        tract_lengths=lengths,
        region_labels=numpy.array([f"r{i}" for i in range(n)]),
        centres=numpy.zeros((n, 3)),
        speed=numpy.array([t["speed"]]),
    )
    model = getattr(models, run["model"])(**arrays(run["parameters"]))
    model.state_variable_range.update({name: numpy.array(ends) for name, ends in run["start"].items()})
    sim = simulator.Simulator(
        model=model,
        connectivity=brain,
        conduction_speed=t["speed"],
        coupling=getattr(coupling, run["coupling"])(**arrays(run["couplingParameters"])),
        integrator=integrators.HeunDeterministic(dt=run["dt"]),
        monitors=(monitors.TemporalAverage(period=run["period"]),),
    )
    sim.configure()
    return sim


def main():
    t = task()
    n = len(read_connectome(t["connectome"])[0])
    made = {}
    print(json.dumps({"ready": f"tvb-library {importlib.metadata.version('tvb-library')}, f64"}), flush=True)
    for line in sys.stdin:
        run = t["runs"][line.strip()]
        try:
            # The first run of a model compiles TVB's numba kernels; nobody counts it.
            if line not in made:
                made[line] = simulation(t, run)
            begin = time.perf_counter()
            ((_, values),) = made[line].run(simulation_length=run["duration"])
            seconds = time.perf_counter() - begin
            if not numpy.isfinite(values).all():
                raise FloatingPointError("the result is not finite")
            answer = {"regionSteps": n * round(run["duration"] / run["dt"]), "seconds": seconds}
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


main()
