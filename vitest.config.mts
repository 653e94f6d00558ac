import { defineConfig } from "vitest/config";

// Commands print times in the time zone of the machine; what tests expect was recorded in this one.
process.env.TZ = "UTC";

export default defineConfig({
  test: { include: ["test/**/*.test.ts"], testTimeout: 30_000, maxWorkers: "100%" },
});
