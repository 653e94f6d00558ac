#!/usr/bin/env node
"use strict";const T0=performance.now();const LOG=[];globalThis.__mark=(n)=>LOG.push([n,performance.now()]);
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
  __mark("start "+name);const filename = path.join(dist, name);
  const text = fs.readFileSync(filename, "utf8");
  __mark("text read");const cachedData = text.length < LARGE ? undefined : read(filename + suffix);
  __mark("cache read");const source = `(function (exports, require, module, __filename, __dirname) { ${text}\n})`;
  const script = new Script(source, { filename, cachedData });
__mark("Script");if (text.length >= LARGE && (!cachedData || script.cachedDataRejected)) uncached.push([filename + suffix, script]);
  const module = { exports: {} };
  modules.set(name, module);
  const requireFrom = (id) => (id.startsWith("./") ? load(id.slice(2)) : require(id));
  script.runInThisContext()(module.exports, requireFrom, module, filename, dist);
__mark("evaluated "+name);return module.exports;}

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
    __mark("done");let p=T0;process._rawDebug("T0",T0.toFixed(2));for(const [n,t] of LOG){process._rawDebug((t-p).toFixed(2).padStart(7),n);p=t}; process.exit();
  });
