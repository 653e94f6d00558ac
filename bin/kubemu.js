#!/usr/bin/env node
"use strict";
// Loads the bundle as Node would, with two things left out that take longer than most commands: looking for each file in the manner of
// node_modules, and compiling what was compiled before. V8's compiled code lies beside the bundle, where this process may write there;
// V8 itself refuses one of another version or of another text.
const fs = require("node:fs");
const path = require("node:path");
const { Script } = require("node:vm");

const dist = path.join(__dirname, "../dist");
const suffix = `.${process.version}-${process.arch}.cache`;
/** Characters from which on a file's compiled code is worth a file of its own. */
const LARGE = 40_000;
const modules = new Map();
const uncached = [];

function load(name) {
  const known = modules.get(name);
  if (known) return known.exports;
  const filename = path.join(dist, name);
  const text = fs.readFileSync(filename, "utf8");
  const cachedData = text.length < LARGE ? undefined : read(filename + suffix);
  const source = `(function (exports, require, module, __filename, __dirname) { ${text}\n})`;
  const script = new Script(source, { filename, cachedData });
  if (text.length >= LARGE && (!cachedData || script.cachedDataRejected)) uncached.push([filename + suffix, script]);
  const module = { exports: {} };
  modules.set(name, module);
  const requireFrom = (id) => (id.startsWith("./") ? load(id.slice(2)) : require(id));
  script.runInThisContext()(module.exports, requireFrom, module, filename, dist);
  return module.exports;
}

function read(file) {
  try {
    return fs.readFileSync(file);
  } catch {
    return undefined;
  }
}

function keepCompiled([file, script]) {
  const temporary = `${file}.${process.pid}`;
  try {
    fs.writeFileSync(temporary, script.createCachedData(), { flag: "wx" });
    fs.renameSync(temporary, file);
  } catch {
    // Not our folder, or no room in it: the next one compiles again.
  }
}

load("main.cjs")
  .main()
  .then(() => {
    uncached.forEach(keepCompiled);
    process.exit();
  });
