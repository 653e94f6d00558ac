import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { defineConfig } from "rolldown";
import { lean } from "./scripts/lean-chunks.mjs";

const root = import.meta.dirname;
const hot = JSON.parse(readFileSync(`${root}/scripts/hot-modules.json`, "utf8"));
const groups = Object.entries(hot).map(([name, modules], i) => {
  const names = new Set(modules);
  // What every chunk needs of the bundler goes with the first.
  return { name, test: (id) => names.has(relative(root, id)) || (i === 0 && id.startsWith("\0")), priority: 10 - i };
});

// CommonJS with lazy parts: what a command does not need is not read. What the commonest commands need is one file each for those that
// read, print objects, write and so on, because opening a file costs more than its text. Node asks no package.json about a file called .cjs.
export default defineConfig({
  input: { main: "src/main.ts" },
  platform: "node",
  // Optional, and loaded when a shell is asked for.
  external: ["just-bash"],
  plugins: [lean(Object.keys(hot))],
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
    codeSplitting: { groups },
  },
});
