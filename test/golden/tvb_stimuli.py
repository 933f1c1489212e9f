"""
TVB's stimuli and sensor monitors on four regions: writes tvb_stimuli.json beside this script.

    pip install tvb-library==2.10.0 ; python tvb_stimuli.py

Stored are: values of every temporal equation at random points and parameters; short runs of Generic2dOscillator with a pulse
train through three integrators, given initial conditions and delays; and what AfferentCoupling, its average, EEG (average
reference, reference electrode) and iEEG monitors gave of one of them, with gains per vertex and a region mapping.
"""
import importlib.metadata
import json
import os

import numpy as np
from tvb.datatypes import equations, patterns, projections, region_mapping, sensors, surfaces, connectivity
from tvb.simulator import coupling, integrators, models, monitors, noise, simulator

rng = np.random.default_rng(20)
EQUATIONS = {
    "linear": (equations.Linear, {"a": (-2, 2), "b": (-1, 1)}),
    "gaussian": (equations.Gaussian, {"amp": (0.5, 2), "sigma": (1, 20), "midpoint": (-10, 10), "offset": (-1, 1)}),
    "double-gaussian": (equations.DoubleGaussian, {"amp_1": (0.5, 2), "sigma_1": (1, 20), "midpoint_1": (-10, 10),
                                                   "amp_2": (0.5, 2), "sigma_2": (1, 20), "midpoint_2": (-10, 10)}),
    "sigmoid": (equations.Sigmoid, {"amp": (0.5, 2), "radius": (-5, 5), "sigma": (1, 20), "offset": (-1, 1)}),
    "generalised-sigmoid": (equations.GeneralizedSigmoid, {"low": (-1, 0), "high": (0.5, 2), "midpoint": (-5, 5), "sigma": (1, 20)}),
    "sinusoid": (equations.Sinusoid, {"amp": (0.5, 2), "frequency": (0.001, 0.1)}),
    "cosine": (equations.Cosine, {"amp": (0.5, 2), "frequency": (0.001, 0.1)}),
    "alpha": (equations.Alpha, {"onset": (-5, 5), "alpha": (0.05, 0.4), "beta": (0.5, 2)}),
    "pulse-train": (equations.PulseTrain, {"T": (5, 20), "tau": (1, 4), "amp": (0.5, 2), "onset": (-5, 5)}),
}


def shapes():
    out = {}
    for name, (cls, ranges) in EQUATIONS.items():
        cases = []
        for _ in range(3):
            parameters = {k: float(rng.uniform(*r)) for k, r in ranges.items()}
            x = np.sort(rng.uniform(-30, 60, 25))
            equation = cls(parameters=parameters)
            cases.append({"parameters": parameters, "x": x.tolist(), "y": np.asarray(equation.evaluate(x), float).tolist()})
        out[name] = cases
    return out


N, DT, STEPS = 4, 0.1, 120
WEIGHTS = rng.uniform(0, 1, (N, N)) * (1 - np.eye(N))
LENGTHS = rng.uniform(1, 4, (N, N))
LENGTHS = (LENGTHS + LENGTHS.T) / 2 * (1 - np.eye(N))
START = rng.uniform(-1, 1, (2, N))
STIMULUS = np.array([0.0, 1.0, 0.5, -0.3])
VERTICES = np.array([0, 1, 2, 3, 1, 1, 0, 2, 3, 3, 3])
GAIN = rng.uniform(-1, 1, (5, len(VERTICES)))


def network():
    c = connectivity.Connectivity(weights=WEIGHTS, tract_lengths=LENGTHS, centres=rng.uniform(-50, 50, (N, 3)),
                                  region_labels=np.array([f"r{i}" for i in range(N)]), speed=np.array([4.0]),
                                  cortical=np.ones(N, bool), hemispheres=np.zeros(N, bool),
                                  orientations=np.tile([0.0, 0.0, 1.0], (N, 1)))
    c.configure()
    return c


def sim(integrator, mons, stimulate=True):
    conn = network()
    stimulus = None
    if stimulate:
        temporal = equations.PulseTrain(parameters={"T": 4.0, "tau": 1.5, "amp": 0.7, "onset": 1.05})
        stimulus = patterns.StimuliRegion(temporal=temporal, connectivity=conn, weight=STIMULUS)
    horizon = int(np.rint(LENGTHS / 4.0 / DT).max()) + 1
    initial = np.repeat(START[np.newaxis, :, :, np.newaxis], horizon, axis=0)
    s = simulator.Simulator(model=models.Generic2dOscillator(variables_of_interest=["V", "W"]), connectivity=conn,
                            coupling=coupling.Linear(a=np.array([0.05]), b=np.array([0.1])), integrator=integrator,
                            monitors=mons, stimulus=stimulus, initial_conditions=initial, conduction_speed=4.0,
                            simulation_length=STEPS * DT)
    s.configure()
    s.current_step = 0  # else TVB counts the given past as time that went by
    return s, s.run()




def sensor_monitor(cls, projection, sensor, **kwargs):
    labels = np.array([f"s{k}" for k in range(len(GAIN))])
    sens = sensor(labels=labels, locations=rng.uniform(-80, 80, (len(GAIN), 3)))
    sens.configure()
    rm = region_mapping.RegionMapping(array_data=VERTICES, connectivity=network())
    proj = projection(projection_data=GAIN.copy())
    return cls(sensors=sens, projection=proj, region_mapping=rm, period=1.0, obsnoise=None,
               variables_of_interest=np.array([0, 1]), **kwargs)


def main():
    runs = {}
    for name, cls in {"euler": integrators.EulerDeterministic, "heun": integrators.HeunDeterministic,
                      "rk4": integrators.RungeKutta4thOrderDeterministic}.items():
        _, ((t, x),) = sim(cls(dt=DT), [monitors.Raw()])
        runs[name] = {"time": t[::10].tolist(), "V": x[::10, 0, :, 0].tolist(), "W": x[::10, 1, :, 0].tolist()}
    mons = {
        "afferent-coupling": monitors.AfferentCoupling(),
        "afferent-coupling-average": monitors.AfferentCouplingTemporalAverage(period=1.0),
        "eeg-average": sensor_monitor(monitors.EEG, projections.ProjectionSurfaceEEG, sensors.SensorsEEG, reference="average"),
        "eeg-s2": sensor_monitor(monitors.EEG, projections.ProjectionSurfaceEEG, sensors.SensorsEEG, reference="s2"),
        "seeg": sensor_monitor(monitors.iEEG, projections.ProjectionSurfaceSEEG, sensors.SensorsInternal),
    }
    _, outputs = sim(integrators.HeunDeterministic(dt=DT), list(mons.values()))
    seen = {}
    for (name, _), (t, x) in zip(mons.items(), outputs):
        keep = slice(None, None, 10) if name == "afferent-coupling" else slice(None)
        seen[name] = {"time": t[keep].tolist(), "data": x[keep, :, :, 0].tolist()}
    out = {
        "source": f"tvb-library {importlib.metadata.version('tvb-library')}",
        "script": "tvb_stimuli.py",
        "shapes": shapes(),
        "network": {"weights": WEIGHTS.tolist(), "lengths": LENGTHS.tolist(), "speed": 4.0, "dt": DT, "steps": STEPS,
                    "start": START.tolist(), "stimulus": STIMULUS.tolist(),
                    "pulses": {"T": 4.0, "tau": 1.5, "amp": 0.7, "onset": 1.05}, "coupling": {"a": 0.05, "b": 0.1}},
        "runs": runs,
        "sensors": {"gain": GAIN.tolist(), "vertices": VERTICES.tolist(), "seen": seen},
    }
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "tvb_stimuli.json")
    with open(path, "w") as f:
        json.dump(out, f)
        f.write("\n")


main()
