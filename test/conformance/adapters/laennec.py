"""Runs all cases on laennec in one process of Node (record.ts), from the repository's root."""
import json
import os
import subprocess
import tempfile

ROOT = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", ".."))


def version():
    with open(os.path.join(ROOT, "package.json"), encoding="utf8") as file:
        return {"program": "laennec", "version": json.load(file)["version"]}


def record_all(cases, compat):
    """{case id: {run: recording}}"""
    asked = {"cases": {made["id"]: made["runs"] for made in cases}, **({"compat": "tvb"} if compat else {})}
    with tempfile.TemporaryDirectory() as folder:
        target = os.path.join(folder, "recordings.json")
        subprocess.run(
            ["npx", "tsx", os.path.join("test", "conformance", "record.ts"), target], input=json.dumps(asked), text=True,
            check=True, cwd=ROOT,
        )
        with open(target, encoding="utf8") as file:
            return json.load(file)
