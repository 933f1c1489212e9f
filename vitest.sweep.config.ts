import { defineConfig } from "vitest/config";

/** Products of everything with everything, an hour or less: `npm run test:sweep`; not part of CI. */
export default defineConfig({
  test: {
    include: ["test/long/**/*.sweep.ts"],
    testTimeout: 1_800_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    execArgv: ["--disallow-code-generation-from-strings"],
  },
});
