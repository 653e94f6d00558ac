// Loaded into a kubemu process (node --require): at its call number KUBEMU_TEST_AT of the file system below KUBEMU_TEST_FOLDER another
// kubemu runs from start to end, and its exit status goes to KUBEMU_TEST_RESULT. The number of calls there were goes to KUBEMU_TEST_COUNT.
const fs = require("node:fs");
const { spawnSync } = require("node:child_process");
const { KUBEMU_TEST_AT, KUBEMU_TEST_FOLDER, KUBEMU_TEST_RESULT, KUBEMU_TEST_COUNT, KUBEMU_TEST_OTHER } = process.env;

const { writeFileSync } = fs;
const descriptors = new Set();
let calls = 0;
function reached() {
  if (++calls !== Number(KUBEMU_TEST_AT)) return;
  const env = { ...process.env, KUBEMU_LOCK_TIMEOUT: "0" };
  const { status, stderr } = spawnSync(process.execPath, [process.argv[1], ...JSON.parse(KUBEMU_TEST_OTHER)], {
    env,
    encoding: "utf8",
  });
  writeFileSync(KUBEMU_TEST_RESULT, JSON.stringify({ status, stderr }));
}
const below = (path) =>
  typeof path === "number" ? descriptors.has(path) : String(path).startsWith(KUBEMU_TEST_FOLDER);
function watched(real, name) {
  return function (...args) {
    const ours = below(args[0]);
    if (ours) reached();
    const result = real.apply(this, args);
    if (ours && name === "openSync") descriptors.add(result);
    if (ours && name === "closeSync") descriptors.delete(args[0]);
    return result;
  };
}
for (const name of Object.keys(fs).filter((key) => key.endsWith("Sync") && typeof fs[key] === "function")) {
  const real = fs[name];
  fs[name] = watched(real, name);
  if (real.native) fs[name].native = watched(real.native, name);
}
process.on("exit", () => writeFileSync(KUBEMU_TEST_COUNT, String(calls)));
