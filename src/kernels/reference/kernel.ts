import { fault } from "../../core/fault.js";
import { evaluator, type Evaluator } from "../../ir/evaluate.js";
import { graph as newGraph, type Expr } from "../../ir/graph.js";
import type { Edges, Program, Start } from "../../ir/program.js";
import { gaussianQuadGraph } from "../../ir/random/streams.js";
import { channelsOf, checkParts, pastRows } from "../channels.js";
import type { Backend, BlowUp, Kernel, KernelOptions } from "../kernel.js";
import { firstNonFinite } from "../non-finite.js";
import { numpySums } from "../numpy-sums.js";

/**
 * Plain JavaScript, one step and one region after the other: slow, short, and the truth that the fast back ends
 * are held to, to the last bit.
 */
export const reference: Backend = {
  id: "reference",
  about: "plain JavaScript; slow; the definition of what the other back ends compute",
  refuses: () => undefined,
  compile: (program, start, options) => Promise.resolve(referenceKernel(program, start, options)),
};

/** An evaluator whose inputs are filled by name from a table of readers. */
interface Stage {
  readonly evaluate: Evaluator;
  readonly fill: (region: number) => void;
}

function referenceKernel(program: Program, start: Start, { slots, guard = true }: KernelOptions): Kernel {
  checkParts(program);
  const { regions: n, channels, precision } = program;
  const variables = program.stateNames.length;
  const round = precision === "f32" ? Math.fround : (x: number) => x;
  const array = (length: number) => (precision === "f32" ? new Float32Array(length) : new Float64Array(length));
  const regional = program.regional.map((values) => Float64Array.from(values, round));
  const weights = Float64Array.from(program.edges.weight, round);
  const instantWeights = Float64Array.from(program.instant.weight, round);
  const state = Float64Array.from(start.state, round);
  const blockSteps = program.parts ? 1 : 64;
  const rows = program.maxDelay + 2;
  /** [row][channel][region]; the row of step s is s mod rows. */
  const history = new Float64Array(rows * channels * n);
  let now = start.step;
  for (let back = 0; back < rows - 1; back++) {
    const row = Math.max(0, start.pastRows - 1 - back);
    const at = (((now - back) % rows) + rows) % rows;
    for (let k = 0; k < channels * n; k++)
      history[at * channels * n + k] = round(start.past[row * channels * n + k] ?? 0);
  }
  history.set(channelsOf(program, state), (now % rows) * channels * n);
  const sums = [new Float64Array(channels * n), new Float64Array(channels * n)];
  const instant = new Float64Array(channels * n);
  const sent = new Float64Array(channels * n);
  const drives = program.drives.map(({ uniform }) => array(blockSteps * (uniform ? 1 : n)));
  const part = { from: 0, size: 1 };
  /** Row of the drives that the step under way reads. */
  let driveRow = 0;
  const carries = new Map<number, Float64Array>();
  const draws = noiseDraws(program);

  const sumEdges = (
    edges: Edges,
    weight: Float64Array,
    value: (edge: number, channel: number) => number,
    out: Float64Array,
  ) => {
    for (let c = 0; c < channels; c++)
      for (let i = 0; i < n; i++) {
        let sum = 0;
        for (let e = edges.start[i] ?? 0; e < (edges.start[i + 1] ?? 0); e++)
          sum = round(sum + round((weight[e] ?? 0) * value(e, c)));
        out[c * n + i] = sum;
      }
  };
  const delayedSums = (step: number, out: Float64Array) => {
    const value = (e: number, c: number): number => {
      const row = (((step - (program.edges.delay[e] ?? 0)) % rows) + rows) % rows;
      return history[(row * channels + c) * n + (program.edges.source[e] ?? 0)] ?? 0;
    };
    if (!program.numpySums) return sumEdges(program.edges, weights, value, out);
    program.numpySums.forEach((kind, c) =>
      numpySums(
        program.edges,
        (e) => value(e, c),
        kind,
        (i, sum) => (out[c * n + i] = round(sum)),
      ),
    );
  };
  const instantSums = () =>
    sumEdges(program.instant, instantWeights, (e, c) => sent[c * n + (program.instant.source[e] ?? 0)] ?? 0, instant);

  const reader = (name: string): ((region: number) => number) => {
    const [kind, first, second] = name.split(".");
    const k = Number(first);
    switch (kind) {
      case "state":
        return (i) => state[k * n + i] ?? 0;
      case "regional":
        return (i) => regional[k]?.[i] ?? 0;
      case "sum":
        return (i) => sums[Number(second)]?.[k * n + i] ?? 0;
      case "instant":
        return (i) => instant[k * n + i] ?? 0;
      case "carry":
        return (i) => carries.get(k)?.[i] ?? 0;
      case "drive": {
        const values = drives[k];
        return program.drives[k]?.uniform ? () => values?.[driveRow] ?? NaN : (i) => values?.[driveRow * n + i] ?? NaN;
      }
      case "part":
        return first === "from" ? () => part.from : () => part.size;
      case "noise":
        return (i) => draws(now, k, i);
      default:
        throw fault("BUG", `there is no ${name} to read`);
    }
  };
  const stage = (outputs: readonly Expr[]): Stage => {
    const evaluate = evaluator(outputs, precision);
    const readers = [...evaluate.inputs].map(([name, slot]) => ({ slot, read: reader(name) }));
    return {
      evaluate,
      fill: (region) => readers.forEach(({ slot, read }) => (evaluate.registers[slot] = read(region))),
    };
  };
  const value = ({ evaluate }: Stage, k: number): number => evaluate.registers[evaluate.outputs[k] ?? 0] ?? NaN;
  const phases = program.phases.map((phase) => ({
    phase,
    stage: stage([...phase.next, ...phase.carry.map((c) => c.value), ...phase.send]),
  }));
  const sendStage = stage(program.send);
  const observeStage = stage(program.observe);
  phases.forEach(({ phase }) => phase.carry.forEach(({ slot }) => carries.set(slot, new Float64Array(n))));
  const observed = program.observe.map(() => array(blockSteps * n));
  const means = program.observe.map(() => array(n));
  const accumulators = Array.from({ length: slots }, () => new Float64Array(program.observe.length * n));

  const send = (out: Float64Array, offset: number) => {
    for (let i = 0; i < n; i++) {
      sendStage.fill(i);
      sendStage.evaluate.run();
      for (let c = 0; c < channels; c++) out[offset + c * n + i] = value(sendStage, c);
    }
  };
  const exchanges = program.instant.source.length > 0;
  if (exchanges) send(sent, 0);

  const allSums = () => {
    delayedSums(now, sums[0] ?? instant);
    if (program.lookahead) delayedSums(now + 1, sums[1] ?? instant);
  };
  const runPhases = () => {
    const next = new Float64Array(variables * n);
    for (const { phase, stage: work } of phases) {
      if (exchanges) instantSums();
      const leaving = new Float64Array(channels * n);
      for (let i = 0; i < n; i++) {
        work.fill(i);
        work.evaluate.run();
        phase.next.forEach((_, v) => (next[v * n + i] = value(work, v)));
        phase.carry.forEach(({ slot }, k) => {
          const kept = carries.get(slot);
          if (kept) kept[i] = value(work, phase.next.length + k);
        });
        phase.send.forEach((_, c) => (leaving[c * n + i] = value(work, phase.next.length + phase.carry.length + c)));
      }
      sent.set(leaving);
    }
    state.set(next);
    if (exchanges) send(sent, 0);
  };
  const endStep = (row: number) => {
    now++;
    send(history, (now % rows) * channels * n);
    for (let i = 0; i < n; i++) {
      observeStage.fill(i);
      observeStage.evaluate.run();
      observed.forEach((rowsOf, o) => (rowsOf[row * n + i] = value(observeStage, o)));
    }
  };

  /** The state before the first part of the step under way. */
  let before: Float64Array | undefined;
  const takePart = (from: number, size: number) => {
    if (!before) {
      before = state.slice();
      allSums();
    }
    part.from = round(from);
    part.size = round(size);
    runPhases();
  };
  const undo = () => {
    if (before) state.set(before);
    if (exchanges) send(sent, 0);
  };
  const commit = (): BlowUp | undefined => {
    const last = before ?? state;
    before = undefined;
    endStep(0);
    return guard ? firstNonFinite(state, last, n, now) : undefined;
  };
  const onlyInParts = () => {
    if (!program.parts) throw fault("BUG", "this program takes whole steps only");
  };

  return {
    backend: "reference",
    variant: "plain",
    bytes: 8 * (history.length + state.length * 2 + sums.length * channels * n),
    blockSteps,
    step: () => now,
    drive: (j) => {
      const data = drives[j];
      if (!data) throw fault("BUG", `there is no drive ${j}`);
      return { data, offset: 0, stride: program.drives[j]?.uniform ? 1 : n };
    },
    advance: (steps) => {
      if (program.parts) {
        if (steps !== 1) throw fault("BUG", `a step in parts is taken alone, not ${steps} at once`);
        takePart(0, 1);
        return commit();
      }
      for (let k = 0; k < steps; k++) {
        const last = guard ? state.slice() : state;
        driveRow = k;
        allSums();
        runPhases();
        endStep(k);
        const bad = guard ? firstNonFinite(state, last, n, now) : undefined;
        if (bad) return bad;
      }
      return undefined;
    },
    part: (from, size) => {
      onlyInParts();
      takePart(from, size);
    },
    commit: () => {
      onlyInParts();
      return commit();
    },
    undo: () => {
      onlyInParts();
      undo();
    },
    observed: (o) => ({ data: observed[o] ?? array(0), offset: 0, stride: n }),
    accumulate: (slot, from, to) => {
      const into = accumulators[slot];
      if (into)
        observed.forEach((rowsOf, o) => {
          for (let row = from; row < to; row++)
            for (let i = 0; i < n; i++) into[o * n + i] = (into[o * n + i] ?? 0) + (rowsOf[row * n + i] ?? 0);
        });
    },
    mean: (slot, count) => {
      const sums = accumulators[slot];
      sums?.forEach((sum, k) => {
        const values = means[Math.floor(k / n)];
        if (values) values[k % n] = sum / count;
      });
      sums?.fill(0);
      return means;
    },
    drain: (slot, to = new Float64Array(program.observe.length * n)) => {
      const sums = accumulators[slot];
      if (sums) to.set(sums);
      sums?.fill(0);
      return to;
    },
    accumulated: (slot) => (accumulators[slot] ?? new Float64Array(program.observe.length * n)).slice(),
    setAccumulated: (slot, values) => accumulators[slot]?.set(values),
    state: () => state.slice(),
    past: () => {
      const wanted = pastRows(program);
      const size = channels * n;
      const out = new Float64Array(wanted * size);
      for (let k = 0; k < wanted; k++) {
        const at = (((now - (wanted - 1 - k)) % rows) + rows) % rows;
        out.set(history.subarray(at * size, (at + 1) * size), k * size);
      }
      return out;
    },
    dispose: () => undefined,
  };
}

/** Standard normal draws by (absolute step, index in program.noise, region); four steps share one evaluation. */
function noiseDraws(program: Program): (step: number, k: number, region: number) => number {
  const g = newGraph();
  const quad = evaluator(gaussianQuadGraph(g), "f32");
  const cache = new Map<number, Float64Array>();
  const set = (name: string, value: number) => {
    const slot = quad.inputs.get(name);
    if (slot !== undefined) quad.registers[slot] = value >>> 0;
  };
  program.key.forEach((word, k) => set(`key.${k}`, word));
  let cachedQuad = -1;
  return (step, k, region) => {
    const index = Math.floor(step / 4);
    if (index !== cachedQuad) {
      cache.clear();
      cachedQuad = index;
    }
    const id = k * program.regions + region;
    let four = cache.get(id);
    if (!four) {
      set("quad.lo", index % 2 ** 32);
      set("quad.hi", Math.floor(index / 2 ** 32));
      set("node", region);
      set("variable", program.noise[k] ?? 0);
      quad.run();
      four = Float64Array.from(quad.outputs, (slot) => quad.registers[slot] ?? NaN);
      cache.set(id, four);
    }
    return four[step % 4] ?? NaN;
  };
}
