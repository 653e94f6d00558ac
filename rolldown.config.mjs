import { defineConfig } from "rolldown";
import { checks, chunkGroups, hotNames } from "./scripts/chunk-groups.mjs";
import { lean } from "./scripts/lean-chunks.mjs";

// CommonJS with lazy parts: what a command does not need is not read. What the commonest commands need is one file each for those that
// read, print objects, write and so on, because opening a file costs more than its text. Node asks no package.json about a file called .cjs.
export default defineConfig({
  input: { main: "src/main.ts" },
  platform: "node",
  // Optional, and loaded when a shell is asked for.
  external: ["just-bash"],
  checks,
  plugins: [lean(hotNames)],
  output: {
    dir: "dist",
    format: "cjs",
    // The launcher runs the files itself, where import() has nobody to ask: just-bash comes by require().
    dynamicImportInCjs: false,
    sourcemap: true,
    cleanDir: true,
    minify: true,
    comments: false,
    entryFileNames: "[name].cjs",
    chunkFileNames: "[name]-[hash].cjs",
    codeSplitting: { groups: chunkGroups("src/main.ts") },
  },
});
