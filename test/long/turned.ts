import { factors } from "../laws/bits.js";

/** One of a list, by turns. */
export const turn = <T>(list: readonly T[], k: number): T => list[k % list.length] as T;

/** The factors of a case that a product does not fix, by turns; lists of different lengths, so that they combine anew. */
export const turned = (k: number) => ({
  network: "tiny" as const,
  variant: "4×1" as const,
  advance: turn(factors.advance, k),
  initial: turn(factors.initial, Math.floor(k / 2)),
  startStep: turn(factors.startStep, Math.floor(k / 3)),
  parameters: turn(factors.parameters, Math.floor(k / 5)),
  held: turn(factors.held, Math.floor(k / 7)),
  stimulus: turn(factors.stimulus, Math.floor(k / 11)),
  stepping: "whole" as const,
});
