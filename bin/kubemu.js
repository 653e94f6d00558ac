#!/usr/bin/env node
"use strict";
// Loads the bundle as Node would, with two things left out that take longer than most commands: looking for each file in the manner of
// node_modules, and compiling what was compiled before. V8's compiled code lies beside the bundle, where this process may write there;
// V8 itself refuses one of another version or of another text. What a verb needs is added to it when the verb is first used.
const fs = require("node:fs");
const path = require("node:path");
const { Script } = require("node:vm");

const dist = path.join(__dirname, "../dist/");
const suffix = `.${process.version}-${process.arch}.cache`;
/** Characters from which on a file's compiled code is worth a file of its own. */
const LARGE = 40_000;
/** The last bytes of such a file: the verbs that it was made for. */
const VERBS = 512;
const verb = ` ${process.argv.slice(2).find((it) => it[0] !== "-") || "help"} `.slice(0, 30);
const modules = new Map();
const outdated = [];

function load(name) {
  const known = modules.get(name);
  if (known) return known.exports;
  const filename = dist + name;
  // The build leaves nothing but ASCII.
  const text = fs.readFileSync(filename, "latin1");
  const source = `(function (exports, require, module) { ${text}\n})`;
  const script = text.length < LARGE ? new Script(source, { filename }) : compiled(source, filename);
  const module = { exports: {} };
  modules.set(name, module);
  const requireFrom = (id) => (id[0] === "." ? load(id.slice(2)) : require(id));
  script.runInThisContext()(module.exports, requireFrom, module);
  return module.exports;
}

function compiled(source, filename) {
  const file = filename + suffix;
  let cachedData;
  let verbs = "";
  try {
    const bytes = fs.readFileSync(file);
    cachedData = bytes.subarray(0, -VERBS);
    verbs = bytes.latin1Slice(bytes.length - VERBS);
  } catch {
    // Nothing there yet.
  }
  const script = new Script(source, { filename, cachedData });
  if (!cachedData || script.cachedDataRejected) verbs = "";
  if (!verbs.includes(verb)) outdated.push({ file, script, verbs });
  return script;
}

function keepCompiled({ file, script, verbs }) {
  const temporary = `${file}.${process.pid}`;
  try {
    const names = Buffer.alloc(VERBS, " ");
    names.latin1Write(verb + verbs.trim() + " ");
    fs.writeFileSync(temporary, Buffer.concat([script.createCachedData(), names]), { flag: "wx" });
    fs.renameSync(temporary, file);
  } catch {
    // Not our folder, or no room in it: the next one compiles again.
  }
}

load("main.cjs")
  .main()
  .then(() => {
    outdated.forEach(keepCompiled);
    process.exit();
  });
