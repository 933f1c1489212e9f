import { defineConfig } from "vitest/config";

/** Sweeps that take minutes: `npm run test:long`. LAENNEC_FUZZ_SEED chooses other random expressions. */
export default defineConfig({
  test: {
    include: ["test/long/**/*.long.ts"],
    testTimeout: 1_800_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    execArgv: ["--disallow-code-generation-from-strings"],
  },
});
