#!/usr/bin/env node
// Builds dist as rolldown.config.mjs says, without a line for each of its hundreds of files: `npm ci` prints what this prints.
import { build } from "rolldown";
import config from "../rolldown.config.mjs";

const { output } = await build(config);
console.log(`dist: ${output.filter(({ type }) => type === "chunk").length} files built`);
