"""One module per program: `version()` and `record(run)`, which gives a recording (measure.py) or raises NotApplicable."""


class NotApplicable(Exception):
    """The program has no such model, scheme or monitor."""
