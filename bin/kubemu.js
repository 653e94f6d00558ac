#!/usr/bin/env node
"use strict";
// Loads the bundle as Node would, with two things left out that take longer than most commands: looking for each file in the manner of
// node_modules, and compiling what was compiled before. V8's compiled code is kept for each verb, since to read what other verbs need
// costs more than it saves: beside the bundle, or in the user's cache where this process may not write there. What a command that failed
// has compiled, or one that made a new cluster, is less or more than the verb needs and kept apart, for those that find nothing else:
// scripts try until a command ends well, and begin with new clusters. V8 itself refuses code of another version.
const fs = require("node:fs");
const { Script } = require("node:vm");

const dist = `${__dirname}/../dist/`;
/** Characters from which on a file's compiled code is worth a file of its own. */
const LARGE = 8_000;
const args = process.argv.slice(2);
const verb = args.find((it) => it[0] !== "-") || "help";
// What `create` makes has little in common; objects are printed by other parts than tables are.
const first = args[0] === "create" && /^[a-z]{1,30}$/.test(args[1]) ? `create-${args[1]}` : verb;
const kind = (name) => (args.some((it) => it.startsWith("-o") || it.startsWith("--output")) ? `${name}-o` : name);
const suffix = (name) => `.${kind(name)}.${process.version}-${process.arch}.cache`;
const ofUsual = suffix(first);
const ofUnusual = `.unusual${suffix(verb)}`;
const modules = new Map();
const large = [];

function load(name) {
  const known = modules.get(name);
  if (known) {
    // What other files need of the entry is handed out once there is another.
    known.exportForOthers?.();
    known.exportForOthers = undefined;
    return known.exports;
  }
  const filename = dist + name;
  // The build leaves nothing but ASCII.
  const source = fs.readFileSync(filename, "latin1");
  const script = source.length < LARGE ? new Script(source, { filename }) : compiled(source, name);
  // A dictionary from the start: hundreds of exports would have as many shapes.
  const module = { exports: Object.create(null) };
  modules.set(name, module);
  const requireFrom = (id) => (id[0] === "." ? load(id.slice(2)) : require(id));
  script.runInThisContext()(module.exports, requireFrom, module);
  return module.exports;
}

function compiled(source, name) {
  const filename = dist + name;
  const usual = kept(name, ofUsual);
  const cachedData = usual || kept(name, ofUnusual);
  const script = new Script(source, { filename, cachedData });
  const isKnown = cachedData !== undefined && !script.cachedDataRejected;
  large.push({ name, script, isKnown, isUsual: usual !== undefined && isKnown });
  return script;
}

function kept(name, ending) {
  return readIfThere(dist + name + ending) || readIfThere(inUserCache(name, ending));
}

function readIfThere(file) {
  try {
    return fs.readFileSync(file);
  } catch {
    return undefined;
  }
}

/** V8 tells a text by its length alone: what lies far from the bundle is named after the bundle's own instant, too. */
function inUserCache(name, ending) {
  const { mtimeMs } = fs.statSync(dist + name);
  const base = process.env.XDG_CACHE_HOME || `${process.env.HOME || "/nowhere"}/.cache`;
  return `${base}/kubemu/${name}.${mtimeMs.toString(36)}${ending}`;
}

function keep({ name, script }, ending) {
  const data = script.createCachedData();
  try {
    write(dist + name + ending, data);
  } catch {
    try {
      const file = inUserCache(name, ending);
      fs.mkdirSync(file.slice(0, file.lastIndexOf("/")), { recursive: true, mode: 0o700 });
      write(file, data);
    } catch {
      // No place for it: the next one compiles again.
    }
  }
}

function write(file, data) {
  const temporary = `${file}.${process.pid}`;
  fs.writeFileSync(temporary, data, { flag: "wx" });
  fs.renameSync(temporary, file);
}

load("main.cjs")
  .main()
  .then(({ status, hasMadeCluster }) => {
    const isUsual = status === 0 && !hasMadeCluster;
    if (/^[a-z-]{1,20}$/.test(verb)) {
      // A file that is new to the verb comes with functions that are new to it in the others.
      const fresh = isUsual ? (large.every((it) => it.isUsual) ? [] : large) : large.filter((it) => !it.isKnown);
      for (const it of fresh) keep(it, isUsual ? ofUsual : ofUnusual);
    }
    process.exit();
  });
