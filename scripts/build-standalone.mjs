// Makes dist/kubemu: one executable file that needs no Node. bun (the npm package of this platform) compiles the bundle into it. It is large, so that
// it is no dependency: it is installed into a folder of its own (KUBEMU_BUN_FOLDER, or one in the user's cache) when it is not there.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { rolldown } from "rolldown";
import { checks, chunkGroups } from "./chunk-groups.mjs";

const BUN = "1.4.5";
const root = resolve(import.meta.dirname, "..");
const cache = process.env.XDG_CACHE_HOME || join(homedir(), ".cache");
const folder = process.env.KUBEMU_BUN_FOLDER || join(cache, `kubemu-build/bun-${BUN}`);
// The platform's own package, named outright: the package `bun` holds a stub until its install script has run, and none is run here.
const machine = `bun-${process.platform}-${process.arch === "arm64" ? "aarch64" : process.arch}`;
const bun = join(folder, "node_modules/@oven", machine, "bin/bun");

function run(program, args, cwd, env = process.env) {
  const { status, error, stderr } = spawnSync(program, args, { cwd, env, encoding: "utf8" });
  if (error || status !== 0) throw new Error(`${program} ${args.join(" ")} failed: ${error?.message ?? stderr}`);
}

if (!existsSync(bun)) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), "{}\n");
  run(
    "npm",
    ["install", "--no-save", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", `@oven/${machine}@${BUN}`],
    folder,
  );
}

const bundle = await rolldown({
  input: { standalone: join(root, "src/standalone.ts") },
  platform: "node",
  external: ["@mongodb-js/zstd", "node-liblzma"],
  checks,
});
await bundle.write({
  dir: join(root, "dist/standalone"),
  format: "esm",
  // What the commonest commands need is one part each, as for Node: to find and link a part takes longer than to read it.
  codeSplitting: { groups: chunkGroups("src/standalone.ts") },
  cleanDir: true,
  minify: true,
});
const target = join(root, "dist/kubemu");

function compile(...more) {
  run(
    bun,
    [
      "build",
      "--compile",
      // In parts, each compiled beforehand: one part of everything is read whole, whatever the command needs.
      "--splitting",
      "--bytecode",
      "--format=esm",
      "--minify",
      // What lies in the folder that a command happens to be called in is none of kubemu's business: bun would set variables from a .env
      // and load what a bunfig.toml names.
      "--no-compile-autoload-dotenv",
      "--no-compile-autoload-bunfig",
      // Most commands end before machine code pays: it is made of what runs twenty times as often as bun would wait for.
      "--compile-jit-policy=20",
      // Native parts that the shell asks for when a file is compressed so; an installation may lack them.
      "--external=@mongodb-js/zstd",
      "--external=node-liblzma",
      ...more,
      `--outfile=${target}`,
      join(root, "dist/standalone/standalone.js"),
    ],
    root,
  );
}

/** Files in which the executable notes what the commonest commands need, and when. */
function bytecodeOrders(scratch) {
  const LINES = [
    "create deployment web --image=nginx",
    "get services",
    "get deployments",
    "get pods",
    "get services -o yaml",
    "expose deployment web --port=80",
    "create namespace n",
  ];
  const env = { PATH: process.env.PATH, HOME: scratch, KUBEMU_STATE: join(scratch, "state.json") };
  return LINES.map((line, i) => {
    const file = join(scratch, `order-${i}`);
    run(target, line.split(" "), scratch, { ...env, BUN_BYTECODE_ORDER_OUT: file });
    return file;
  });
}

compile();
// Once more, with what the commonest commands need side by side: fewer pages of the executable are touched.
const scratch = mkdtempSync(join(tmpdir(), "kubemu-standalone-"));
try {
  compile(`--bytecode-order=${bytecodeOrders(scratch).join(",")}`);
} finally {
  rmSync(scratch, { recursive: true });
}
console.log(`${target}: ${(statSync(target).size / 2 ** 20).toFixed(0)} MiB`);
