"""
Grades a program by the cases: writes results/NAME.json and the tables of README.md and docs/conformance.md.

    python grade.py tvb-library        (a Python that has tvb-library)
    python grade.py neurolib           (a Python that has neurolib)
    python grade.py laennec [--compat] (with Node; from the repository)
    python grade.py --tables

Another program needs a module like adapters/tvb_library.py: version() and record(run).
"""
import importlib
import json
import os
import sys
import warnings

import numpy as np

from adapters import NotApplicable
from measure import deviation, measure, passes

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..", "..")
MODULES = {"tvb-library": "adapters.tvb_library", "neurolib": "adapters.neurolib", "laennec": "adapters.laennec"}
COLUMNS = ["laennec", "laennec-compat-tvb", "tvb-library", "neurolib"]


def cases():
    folder = os.path.join(HERE, "cases")
    found = []
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), encoding="utf8") as file:
            found.append(json.load(file))
    return sorted(found, key=lambda made: (made["trap"], made["id"]))


def _recordings(adapter, made, kept):
    if kept is not None:
        numbers = lambda r: r if "refused" in r else {**r, "data": np.array(r["data"], dtype=float)}  # noqa: E731
        return {name: numbers(recording) for name, recording in kept[made["id"]].items()}
    recordings = {}
    for name, run in made["runs"].items():
        try:
            recordings[name] = adapter.record(run)
        except NotApplicable:
            raise
        except Exception as error:  # A program that stops has refused.
            recordings[name] = {"refused": f"{type(error).__name__}: {error}"}
    return recordings


def grade(program, compat):
    adapter = importlib.import_module(MODULES[program])
    graded = [made for made in cases() if made["status"] == "graded"]
    kept = adapter.record_all(graded, compat) if hasattr(adapter, "record_all") else None
    results = {}
    for made in graded:
        try:
            recordings = _recordings(adapter, made, kept)
        except NotApplicable as lack:
            results[made["id"]] = {"grade": "not applicable", "why": str(lack)}
            continue
        answer = measure(made, recordings)
        result = {"grade": "pass" if passes(answer, made["right"]) else "fail"}
        if answer == "refused":
            result["refused"] = next(r["refused"] for r in recordings.values() if "refused" in r)[:200]
        off = deviation(answer, made["right"]["values"])
        if off is not None:
            result["deviation"] = float(f"{off:.3g}")
        results[made["id"]] = {**result, "tolerance": made["right"]["tolerance"]}
        print(f"{result['grade']:5} {made['id']}")
    name = program + ("-compat-tvb" if compat else "")
    with open(os.path.join(HERE, "results", f"{name}.json"), "w", encoding="utf8") as file:
        json.dump({**adapter.version(), **({"compat": "tvb"} if compat else {}), "cases": results}, file, indent=1)
        file.write("\n")


def results():
    found = {}
    for name in COLUMNS:
        with open(os.path.join(HERE, "results", f"{name}.json"), encoding="utf8") as file:
            found[name] = json.load(file)
    return found


def heading(found):
    return [f"{r['program']} {r['version']}" + (", `compat: tvb`" if "compat" in r else "") for r in found.values()]


def summary():
    """One row per subject: passed of applicable."""
    found, all_cases = results(), cases()
    graded = [made for made in all_cases if made["status"] == "graded"]
    subjects = list(dict.fromkeys(made["subject"] for made in graded))
    rows = [["subject", *heading(found)]]
    for subject in [*subjects, "all"]:
        of = [made["id"] for made in graded if subject in ("all", made["subject"])]
        row = [subject if subject != "all" else "**all**"]
        for result in found.values():
            grades = [result["cases"][id]["grade"] for id in of]
            applicable = [g for g in grades if g != "not applicable"]
            row.append(f"{grades.count('pass')} of {len(applicable)}" if applicable else "–")
        rows.append(row)
    return table(rows)


def whole():
    """One row per case."""
    found = results()
    rows = [["trap", "case", "what is right", *heading(found)]]
    for made in cases():
        row = [str(made["trap"]), f"`{made['id']}`", made["title"]]
        for result in found.values():
            if made["status"] != "graded":
                row.append("not graded")
                continue
            mine = result["cases"][made["id"]]
            off = "refused" if "refused" in mine else f"{mine['deviation']:.2g}" if "deviation" in mine else "no number"
            row.append({"pass": "pass", "fail": f"**fail** ({off})", "not applicable": "–"}[mine["grade"]])
        rows.append(row)
    return table(rows)


def table(rows):
    """Markdown as prettier lays it out."""
    widths = [max(3, *(len(row[k]) for row in rows)) for k in range(len(rows[0]))]
    line = lambda row: "| " + " | ".join(cell.ljust(w) for cell, w in zip(row, widths)) + " |"  # noqa: E731
    return "\n".join([line(rows[0]), "| " + " | ".join("-" * w for w in widths) + " |", *(line(row) for row in rows[1:])])


def put(path, name, text):
    """Replaces what lies between the two comments of a name."""
    with open(os.path.join(ROOT, path), encoding="utf8") as file:
        page = file.read()
    begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    before, rest = page.split(begin)
    page = f"{before}{begin}\n\n{text}\n\n{end}{rest.split(end)[1]}"
    with open(os.path.join(ROOT, path), "w", encoding="utf8") as file:
        file.write(page)


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    if sys.argv[1] == "--tables":
        put("README.md", "grades", summary())
        put(os.path.join("docs", "conformance.md"), "grades", summary())
        put(os.path.join("docs", "conformance.md"), "cases", whole())
    else:
        grade(sys.argv[1], "--compat" in sys.argv)
