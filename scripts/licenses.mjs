// The licences of what is bundled: every package of which a module is in the bundle, read off the source maps. Fails on a licence that
// is not on the list.
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const ALLOWED = new Set([
  "MIT",
  "ISC",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "0BSD",
  "Unlicense",
  "CC0-1.0",
  "BlueOak-1.0.0",
  "Python-2.0",
]);
const root = resolve(import.meta.dirname, "..");
const dist = join(root, "dist");
const folders = new Set();
for (const name of readdirSync(dist).filter((file) => file.endsWith(".map"))) {
  for (const source of JSON.parse(readFileSync(join(dist, name), "utf8")).sources) {
    const path = resolve(dist, source);
    const match = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path);
    if (match) folders.add(match[1]);
  }
}
if (folders.size === 0) throw new Error("nothing is bundled? Run: npm run build");
let refused = 0;
for (const folder of [...folders].sort()) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const parts = String(license).replace(/[()]/g, "").split(" OR ");
  const allowed = parts.some((part) => ALLOWED.has(part));
  if (!allowed) refused++;
  console.log(`${`${name}@${version}`.padEnd(40)} ${license}${allowed ? "" : "   NOT ALLOWED"}`);
}
console.log(`${folders.size - refused} passed, ${refused} failed`);
process.exitCode = refused > 0 ? 1 : 0;
