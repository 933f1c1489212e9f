"""tvbk: Montbrio-Pazo-Roxin on a delayed network, compiled C++.

It always advances 8 runs side by side. One of them is what a single simulation needs, so one is counted, unless the task
says "allLanes".
"""

import importlib.metadata

import numpy
import tvbk

from protocol import read_connectome, serve, task

LANES = 8


def main():
    t = task()
    dt = t["dt"]
    weights, lengths = read_connectome(t["connectome"])
    n = len(weights)
    linked = weights != 0
    delays = numpy.rint(lengths / t["speed"] / dt)

    graph = tvbk.Conn(n, int(linked.sum()))
    graph.weights[:] = weights[linked].astype("f")
    graph.indices[:] = numpy.nonzero(linked)[1].astype("u4")
    graph.indptr[:] = numpy.r_[0, numpy.cumsum(linked.sum(1))].astype("u4")
    graph.idelays[:] = delays[linked].astype("u4") + 2

    horizon = 1 << int(numpy.ceil(numpy.log2(delays.max() + 4)))
    past = tvbk.Cx8s(n, horizon, 1)
    past.buf[:] = 0.1
    past.cx1[:] = 0
    past.cx2[:] = 0

    state = numpy.zeros((1, 2, n, LANES), "f")
    state[:, 0], state[:, 1] = 0.1, -2
    scratch = numpy.zeros_like(state)
    sigma = numpy.sqrt(2 * numpy.array(t["noise"]) * dt).astype("f")
    scale = numpy.zeros((1, 2, LANES), "f") + sigma[None, :, None]
    p, gain = t["parameters"], t["couplingParameters"]["a"]
    parameters = numpy.zeros((1, n, 6, LANES), "f")
    parameters[:] = numpy.array([p["tau"], 0, p["Delta"], p["J"], p["eta"], gain], "f")[:, None]
    seed = numpy.random.default_rng(1).integers(1, 2**63, (1, LANES, 4), dtype=numpy.uint64)

    # The state is read once a ms, as the temporal average of the others; the kernel itself keeps no average.
    chunk = round(t["period"] / dt)
    chunks = round(t["duration"] / t["period"])
    done = 0

    def advance():
        nonlocal done
        seen = []
        for _ in range(chunks):
            tvbk.step_mpr(past, graph, state, scratch, scale, parameters, done, chunk, dt, seed)
            done += chunk
            seen.append(state[:, :, :, 0].copy())
        return numpy.array(seen)

    lanes = LANES if t.get("allLanes") else 1
    suffix = "all 8 lanes counted" if t.get("allLanes") else "runs 8 lanes, one is counted"
    serve(f"tvbk {importlib.metadata.version('tvbk')}, f32, {suffix}", n * chunks * chunk * lanes, advance)


main()
