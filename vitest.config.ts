import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Two workers: the house promises to pass on two cores.
    maxWorkers: 2,
    execArgv: ["--disallow-code-generation-from-strings"],
  },
});
