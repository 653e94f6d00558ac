// Loaded into a kubemu process (node --require): the files of dist/ that it reads go to KUBEMU_TEST_LOADED, without the hashes in their names.
const fs = require("node:fs");

const seen = new Set();
const { writeFileSync } = fs;
for (const name of ["readFileSync", "openSync"]) {
  const real = fs[name];
  fs[name] = function (file, ...rest) {
    const found = /\/dist\/([^/]*?)(?:-[\w-]{8})?\.cjs$/.exec(String(file));
    if (found) seen.add(found[1]);
    return real.call(this, file, ...rest);
  };
}
process.on("exit", () => writeFileSync(process.env.KUBEMU_TEST_LOADED, [...seen].sort().join(" ")));
