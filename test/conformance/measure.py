"""
What a case asks, taken from recordings. A recording is {"time": [rows], "variables": [names], "data": [rows][variables][regions]};
a run that a program refuses has the recording {"refused": why}. Every function returns a flat list of numbers, NaN allowed.
measure.ts is the same in TypeScript; conformance.test.ts holds the two to each other by laennec's deviations.
"""
import numpy as np


def _data(recording):
    return np.asarray(recording["data"], dtype=float)


def _column(recording, variable):
    return _data(recording)[:, recording["variables"].index(variable), :]


def values(ask, recordings):
    """Single values: [run, row, variable, region]; row 0 is the first recorded, -1 the last."""
    return [float(_column(recordings[run], name)[row, region]) for run, row, name, region in ask["at"]]


def times(ask, recordings):
    """Time stamps of rows, in ms."""
    return [float(recordings[ask["run"]]["time"][row]) for row in ask["rows"]]


def count(ask, recordings):
    """How many rows, variables or regions were recorded."""
    axis = {"rows": 0, "variables": 1, "regions": 2}[ask["of"]]
    return [int(_data(recordings[ask["run"]]).shape[axis])]


def order(ask, recordings):
    """Slope of log(largest error at the end) over log(dt), by least squares over the runs."""
    exact = np.asarray(ask["exact"])
    errors = [np.max(np.abs(_column(recordings[run], ask["variable"])[-1] - exact)) for run in ask["runs"]]
    return [float(np.polyfit(np.log(ask["dt"]), np.log(errors), 1)[0])]


def increment_variance(ask, recordings):
    """Mean square of what is added from one row to the next, per group of regions."""
    added = np.diff(_column(recordings[ask["run"]], ask["variable"]), axis=0)
    return [float(np.mean(added[:, group] ** 2)) for group in ask["groups"]]


def last_mean(ask, recordings):
    """Mean over regions of the last row."""
    return [float(np.mean(_column(recordings[ask["run"]], ask["variable"])[-1]))]


def spread(ask, recordings):
    """Standard deviation over rows and regions."""
    return [float(np.std(_column(recordings[ask["run"]], ask["variable"])))]


def difference(ask, recordings):
    """Largest difference of two runs: of their rows, or of what is added from row to row."""
    a, b = (_data(recordings[run]) for run in ask["runs"])
    if ask.get("increments"):
        a, b = np.diff(a, axis=0), np.diff(b, axis=0)
    return [float(np.max(np.abs(a - b)))]


def roughness(ask, recordings):
    """Largest second difference over rows of one region."""
    return [float(np.max(np.abs(np.diff(_column(recordings[ask["run"]], ask["variable"])[: ask["rows"], ask["region"]], n=2))))]


def moments(ask, recordings):
    """Over regions, of the last row: the means of all variables, then their variances."""
    last = np.array([_column(recordings[ask["run"]], name)[-1] for name in ask["variables"]])
    return [*map(float, last.mean(axis=1)), *map(float, last.var(axis=1))]


def value_minus_time(ask, recordings):
    recording = recordings[ask["run"]]
    return [float(_column(recording, ask["variable"])[row, 0] - recording["time"][row]) for row in ask["rows"]]


def ratio(ask, recordings):
    """The first of two single values over the second."""
    a, b = values(ask, recordings)
    return [a / b if b else float("nan")]


KINDS = {
    "values": values, "times": times, "count": count, "order": order, "increment variance": increment_variance,
    "last mean": last_mean, "spread": spread, "difference": difference, "roughness": roughness,
    "value minus time": value_minus_time, "moments": moments, "ratio": ratio,
}


def measure(case, recordings):
    """The answer: a list of numbers, or "refused"."""
    if any("refused" in recording for recording in recordings.values()):
        return "refused"
    with np.errstate(all="ignore"):
        return KINDS[case["ask"]["kind"]](case["ask"], recordings)


def deviation(answer, wanted):
    """Largest difference, None where the two cannot be compared."""
    if isinstance(answer, str) or isinstance(wanted, str) or len(answer) != len(wanted):
        return None
    worst = float(np.max(np.abs(np.asarray(answer, dtype=float) - np.asarray(wanted, dtype=float))))
    return worst if np.isfinite(worst) else None


def passes(answer, right):
    """right: {"values": numbers or "refused", "tolerance": absolute, one or one for each}."""
    if right["values"] == "refused" or answer == "refused":
        return answer == right["values"]
    if deviation(answer, right["values"]) is None:
        return False
    off = np.abs(np.asarray(answer, dtype=float) - np.asarray(right["values"], dtype=float))
    return bool(np.all(off <= np.asarray(right["tolerance"])))
