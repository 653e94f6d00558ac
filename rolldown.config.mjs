import { defineConfig } from "rolldown";

// One CommonJS entry with lazy parts: what a command does not need is not read.
export default defineConfig({
  input: { main: "src/main.ts" },
  platform: "node",
  // Optional, and loaded when a shell is asked for.
  external: ["just-bash"],
  output: {
    dir: "dist",
    format: "cjs",
    sourcemap: true,
    cleanDir: true,
    entryFileNames: "[name].js",
    chunkFileNames: "[name]-[hash].js",
  },
});
