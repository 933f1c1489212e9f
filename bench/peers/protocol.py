"""How a peer's script talks to the bench run: a line of JSON when ready, then one for each line read."""

import json
import sys
import time

import numpy


def task():
    """The workload, as bench/*.ts describes it."""
    return json.loads(sys.argv[1])


def read_connectome(path):
    """Weights [target, source] and tract lengths in mm, both N by N."""
    values = numpy.fromfile(path, "<f8")
    n = int(values[0])
    matrices = values[1:].reshape(2, n, n)
    return matrices[0].copy(), matrices[1].copy()


def serve(version, region_steps, advance):
    """Calls advance() for each line of standard input and tells how long it took.

    advance must return an array of results: a run that left the finite numbers is no run.
    """
    advance()
    print(json.dumps({"ready": version}), flush=True)
    for _ in sys.stdin:
        begin = time.perf_counter()
        result = advance()
        seconds = time.perf_counter() - begin
        if not numpy.isfinite(result).all():
            sys.exit("the result is not finite")
        print(json.dumps({"regionSteps": region_steps, "seconds": seconds}), flush=True)
