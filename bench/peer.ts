import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Contender, Context, Sample } from "./contender.js";

/** What a peer's script needs to set the workload up; see bench/peers/README.md. */
export type PeerTask = Readonly<Record<string, unknown>>;

/** The script is run_NAME.py. */
export type PeerScript = "tvb" | "tvb_models" | "tvbk";

/** One thread each, as we run: the numerical libraries under the peers would start more. */
const oneThread = {
  OMP_NUM_THREADS: "1",
  OPENBLAS_NUM_THREADS: "1",
  MKL_NUM_THREADS: "1",
  NUMBA_NUM_THREADS: "1",
};

type Answer = Readonly<Record<string, unknown>>;

export interface PeerProcess {
  /** What it said when it was ready: name, version, precision. */
  readonly ready: string;
  readonly ask: (line: string) => Promise<Answer>;
  readonly close: () => Promise<void>;
}

/**
 * A simulator in a Python process of its own, which imports, compiles and warms up once and then runs whenever it is
 * asked.
 * @throws Error naming what is missing
 */
export async function peerProcess(context: Context, script: PeerScript, task: PeerTask): Promise<PeerProcess> {
  if (context.peers === undefined) throw new Error("left out by --no-peers");
  const environment = script === "tvbk" ? "tvbk" : "tvb";
  const python = join(context.peers, environment, "bin/python");
  if (!existsSync(python)) throw new Error("not installed: bash bench/peers/install.sh");
  const file = join(context.sources, "peers", `run_${script}.py`);
  const child = spawn(python, [file, JSON.stringify(task)], {
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...process.env, ...oneThread },
  });
  let complaint = "";
  child.stderr.on("data", (text: Buffer) => (complaint = (complaint + text.toString()).slice(-2000)));
  // A peer that died shows as a closed stdout; the write that meets it need not end the bench run.
  child.stdin.on("error", () => undefined);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async (): Promise<Answer> => {
    for (;;) {
      const { value, done } = await lines.next();
      if (done) throw new Error(`${script} ended: ${complaint.trim().split("\n").at(-1) ?? "no message"}`);
      if (value.startsWith("{")) return JSON.parse(value) as Answer;
    }
  };
  const { ready } = await answer();
  return {
    ready: String(ready),
    ask: (line) => {
      child.stdin.write(`${line}\n`);
      return answer();
    },
    close: async () => {
      child.stdin.end();
      if (child.exitCode === null) await new Promise((resolve) => child.once("exit", resolve));
    },
  };
}

/** One workload that is all that its process does. */
export async function peer(context: Context, script: PeerScript, name: string, task: PeerTask): Promise<Contender> {
  const { ready, ask, close } = await peerProcess(context, script, task);
  return { name, role: "peer", note: ready, sample: async () => sampleOf(await ask("run")), close };
}

/** @throws Error with what the peer complains of */
export function sampleOf({ regionSteps, seconds, error }: Answer): Sample {
  if (error !== undefined) throw new Error(String(error));
  return { regionSteps: Number(regionSteps), seconds: Number(seconds) };
}
