"""Runs a case's runs on tvb-library, through its public classes and with its defaults wherever the case is silent."""
import importlib.metadata
import logging

import numpy as np

logging.disable(logging.CRITICAL)

from tvb.analyzers import fmri_balloon  # noqa: E402
from tvb.datatypes import connectivity, equations, patterns, projections, region_mapping, sensors, time_series  # noqa: E402
from tvb.simulator import coupling, integrators, models, monitors, noise, simulator  # noqa: E402

from . import NotApplicable  # noqa: E402

MODELS = {
    "linear": models.Linear, "kuramoto": models.Kuramoto, "hopfield": models.Hopfield, "sup-hopf": models.SupHopf,
    "reduced-wong-wang": models.ReducedWongWang, "reduced-wong-wang-exc-inh": models.ReducedWongWangExcInh,
    "zetterberg-jansen": models.ZetterbergJansen, "epileptor": models.Epileptor, "epileptor-codim3": models.EpileptorCodim3,
    "reduced-set-fitzhugh-nagumo": models.ReducedSetFitzHughNagumo, "generic-2d-oscillator": models.Generic2dOscillator,
    "zerlaut-adaptation-second-order": models.ZerlautAdaptationSecondOrder,
}
COUPLINGS = {
    "linear": coupling.Linear, "difference": coupling.Difference, "kuramoto": coupling.Kuramoto,
    "pre-sigmoidal": lambda **k: coupling.PreSigmoidal(dynamic=False, **k),
    "pre-sigmoidal-dynamic": lambda **k: coupling.PreSigmoidal(dynamic=True, **k),
}
SCHEMES = {
    "euler": (integrators.EulerDeterministic, integrators.EulerStochastic),
    "heun": (integrators.HeunDeterministic, integrators.HeunStochastic),
    "rk4": (integrators.RungeKutta4thOrderDeterministic, None),
}
KERNELS = {
    "gamma": equations.Gamma, "double-exponential": equations.DoubleExponential, "volterra": equations.FirstOrderVolterra,
    "mixture-of-gammas": equations.MixtureOfGammas,
}


def version():
    return {"program": "tvb-library", "version": importlib.metadata.version("tvb-library")}


def _one(value):
    return np.array([value], dtype=float).reshape(-1)


def _connectivity(run):
    network, n = run["network"], run["network"]["regions"]
    weights = np.array(network.get("weights", np.zeros((n, n))), dtype=float)
    cortical = np.ones(n, dtype=bool)
    return connectivity.Connectivity(
        weights=weights, tract_lengths=np.array(network.get("lengths", np.zeros((n, n))), dtype=float),
        region_labels=np.array([f"R{k}" for k in range(n)]), centres=np.zeros((n, 3)), cortical=cortical,
        orientations=np.tile([0.0, 0.0, 1.0], (n, 1)), speed=_one(network.get("speed", 3.0)), undirected=False,
    )


def _noise(run, model):
    spec = run["noise"]
    d = spec["D"]
    if isinstance(d, dict) and "regions" in d:
        nsig = np.array(d["regions"], dtype=float)
    elif isinstance(d, dict):
        nsig = np.array([d.get(name, 0.0) for name in model.state_variables])
    else:
        nsig = _one(d)
    kind = noise.Multiplicative if spec["kind"] == "multiplicative" else noise.Additive
    return kind(nsig=nsig, ntau=spec.get("correlation_time", 0.0), noise_seed=run.get("seed", 0))


def _stimulus(run, conn, model):
    spec = run["stimulus"]
    time = spec["time"]
    if time["shape"] == "pulse":
        equation = equations.PulseTrain(
            parameters={"onset": time["onset"], "tau": time["length"], "T": 1e6, "amp": time["height"]})
    elif time["shape"] == "cosine":
        equation = equations.Cosine(parameters={"amp": time["height"], "frequency": time["frequency_per_ms"]})
    elif time["shape"] == "constant":
        equation = equations.Linear(parameters={"a": 0.0, "b": time["height"]})
    return patterns.StimuliRegion(temporal=equation, connectivity=conn, weight=np.array(spec["weights"], dtype=float))


def _monitor(run, n):
    spec = run["monitor"]
    kind, period = spec["kind"], spec.get("period")
    if kind in ("raw", "balloon"):
        return monitors.Raw()
    if kind == "temporal-average":
        return monitors.TemporalAverage(period=period)
    if kind == "subsample":
        return monitors.SubSample(period=period)
    if kind == "spatial-average":
        mask = {} if "groups" not in spec else {"spatial_mask": np.array(spec["groups"])}
        return monitors.SpatialAverage(period=period, **mask)
    if kind == "bold":
        return monitors.Bold(period=period, hrf_kernel=KERNELS[spec["kernel"]]())
    if kind == "eeg":
        gain = np.array(spec["gain"], dtype=float)
        count = gain.shape[0]
        sensor = sensors.SensorsEEG(
            labels=np.array([f"S{k}" for k in range(count)]), locations=np.eye(3)[np.arange(count) % 3])
        more = {"obsnoise": noise.Additive(nsig=_one(spec["noise"]))} if "noise" in spec else {}
        return monitors.EEG(
            period=period, sensors=sensor, projection=projections.ProjectionSurfaceEEG(projection_data=gain),
            region_mapping=region_mapping.RegionMapping(array_data=np.array(spec.get("mapping", range(n)))), **more)
    raise NotApplicable(f"no monitor {kind}")


def _balloon(spec, activity, dt):
    """TVB's balloon is an analysis of a finished recording, with its own constants."""
    if spec["preset"] != "tvb":
        raise NotApplicable("its balloon has coefficients k1, k2, k3 of another form")
    # Its first row is the resting state.
    activity = np.concatenate([activity[:1], activity])
    series = time_series.TimeSeriesRegion(
        data=activity, time=np.arange(len(activity)) * dt, sample_period=dt, sample_period_unit="ms")
    signal = fmri_balloon.BalloonModel(time_series=series).evaluate().data
    every = round(spec["period"] / dt)
    rows = np.arange(every, len(activity), every)
    return {"time": list(rows * dt), "variables": ["x"], "data": signal[rows, 0, :, 0][:, None, :]}


def _names(model):
    if model.number_of_modes == 1:
        return list(model.state_variables)
    return [f"{name}_{k}" for name in model.state_variables for k in range(model.number_of_modes)]


def _past(run, sim, model):
    """Given initial conditions [rows, variables, regions, modes], or none."""
    initial = run.get("initial")
    if not initial:
        return None
    n, modes = run["network"]["regions"], model.number_of_modes
    if "history" in initial:
        rows = np.array([initial["history"][name] for name in _names(model)], dtype=float)  # [variable, row, region]
        rows = rows.transpose(1, 0, 2)[..., None]
        if run.get("past_counts"):
            return rows
        # More rows than the horizon would put TVB's clock and its ring of the past out of step.
        sim.connectivity.configure()
        sim.connectivity.set_idelays(run["dt"])
        return rows[-int(sim.connectivity.idelays.max()) - 1 :]
    columns = np.array([np.broadcast_to(initial["state"][name], n) for name in _names(model)], dtype=float)
    state = columns.reshape(model.nvar, modes, n).transpose(0, 2, 1)
    # A constant past, as long as TVB's horizon, so that it fills nothing in by itself.
    sim.connectivity.configure()
    sim.connectivity.set_idelays(run["dt"])
    return np.broadcast_to(state, (int(sim.connectivity.idelays.max()) + 1, *state.shape)).copy()


def record(run):
    if "calculus" in run.get("noise", {}) and run["noise"]["calculus"] == "stratonovich" and run["scheme"] != "heun":
        raise NotApplicable("no Stratonovich scheme")
    conn = _connectivity(run)
    kind = MODELS.get(run["model"]["id"])
    if kind is None:
        raise NotApplicable(f"no model {run['model']['id']}")
    given = run["model"].get("parameters", {})
    model = kind(**{name: _one(value).astype(getattr(kind, name).dtype) for name, value in given.items()})
    deterministic, stochastic = SCHEMES[run["scheme"]]
    if run["monitor"].get("of") != "stock":
        model.variables_of_interest = tuple(model.state_variables)
    link = run.get("coupling", {"id": "linear", "parameters": {"a": 1.0}})
    sim = simulator.Simulator(
        connectivity=conn, model=model,
        coupling=COUPLINGS[link["id"]](**{name: _one(value) for name, value in link.get("parameters", {}).items()}),
        integrator=stochastic(dt=run["dt"], noise=_noise(run, model)) if "noise" in run else deterministic(dt=run["dt"]),
        monitors=(_monitor(run, run["network"]["regions"]),),
    )
    if "conduction_speed" in run:
        sim.conduction_speed = run["conduction_speed"]
    if "stimulus" in run:
        sim.stimulus = _stimulus(run, conn, model)
    past = _past(run, sim, model)
    if past is not None:
        sim.initial_conditions = past
    sim.configure()
    # TVB counts given past as steps taken; "past_counts" keeps that, all other cases begin at 0.
    shift = 0.0 if run.get("past_counts") else sim.current_step * run["dt"]
    time, rows = [], []
    for segment in run.get("segments", [run["duration"]]):
        if isinstance(segment, dict):
            for k, _ in enumerate(sim(simulation_length=segment["abandon_after"] * run["dt"] * 10)):
                if k + 1 == segment["abandon_after"]:
                    break
            continue
        ((stamps, data),) = sim.run(simulation_length=segment)
        time += [float(t) - shift for t in stamps]
        rows.append(data)
    data = np.concatenate(rows)
    if run["monitor"]["kind"] == "balloon":
        return _balloon(run["monitor"], data, run["dt"])
    if run["monitor"]["kind"] == "eeg":
        data = data.sum(axis=-1)[:, :1]
        return {"time": time, "variables": ["signal"], "data": data}
    data = data.transpose(0, 1, 3, 2).reshape(len(time), -1, data.shape[2])
    names = _names(model) if run["monitor"].get("of") != "stock" else [f"v{k}" for k in range(data.shape[1])]
    return {"time": time, "variables": names, "data": data}
