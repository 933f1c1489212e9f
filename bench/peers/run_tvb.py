"""The Virtual Brain (tvb-library) on one workload, in its default numpy back end."""

import importlib.metadata
import logging

import numpy

logging.disable(logging.CRITICAL)

from tvb.simulator.lab import connectivity, coupling, integrators, models, monitors, noise, simulator  # noqa: E402

from protocol import read_connectome, serve, task  # noqa: E402


def arrays(values):
    return {name: numpy.array([value]) for name, value in values.items()}


def main():
    t = task()
    weights, lengths = read_connectome(t["connectome"])
    n = len(weights)
    brain = connectivity.Connectivity(
        weights=weights,
        tract_lengths=lengths,
        region_labels=numpy.array([f"r{i}" for i in range(n)]),
        centres=numpy.zeros((n, 3)),
        speed=numpy.array([t["speed"]]),
    )
    sim = simulator.Simulator(
        model=getattr(models, t["model"])(**arrays(t["parameters"])),
        connectivity=brain,
        conduction_speed=t["speed"],
        coupling=getattr(coupling, t["coupling"])(**arrays(t["couplingParameters"])),
        integrator=integrators.HeunStochastic(
            dt=t["dt"], noise=noise.Additive(nsig=numpy.array(t["noise"]), noise_seed=42)
        ),
        monitors=(monitors.TemporalAverage(period=t["period"]),),
    )
    sim.configure()
    # compiles TVB's numba kernels
    sim.run(simulation_length=20 * t["dt"])

    def advance():
        ((_, values),) = sim.run(simulation_length=t["duration"])
        return values

    serve(
        f"tvb-library {importlib.metadata.version('tvb-library')}, f64",
        n * round(t["duration"] / t["dt"]),
        advance,
    )


main()
