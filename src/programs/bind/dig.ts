import { notSimulated } from "../../api/status.ts";
import { Exit, exitStatus } from "../exit.ts";
import type { Program, ProgramContext } from "../program.ts";
import { type DigLookup, type DigState, plusOption, sizeEdns, usage } from "./dig-options.ts";
import { printMessage, printReceived } from "./dig-output.ts";
import { isTransfer, runLookups } from "./lookup.ts";
import { classFromText, typeFromText } from "./record-types.ts";
import { keepFamily, newLookup, newSession, reverseText, type Server, serversOf } from "./session.ts";
import { BIND_VERSION } from "./version.ts";

/** dig of BIND 9.18. Models bin/dig/dig.c. */
export const program: Program = {
  run: (argv, context) => exitStatus(() => dig(argv, context)),
};

interface Parsing {
  state: DigState;
  argv: readonly string[];
  /** What options before the first name change, and what every name starts from. */
  base: DigLookup;
  current: DigLookup;
  openTypeClass: boolean;
  addresses: number;
  /** No name has been read yet. */
  first: boolean;
  /** A line of the file of -f. */
  isBatch: boolean;
}

function dig(argv: readonly string[], context: ProgramContext): number {
  const state: DigState = {
    context,
    session: newSession("dig", context, {
      print: (response) => printMessage(state, response),
      received: (response) => printReceived(state, response),
      greeting: (lookup) => (lookup as DigLookup).greeting,
    }),
    short: false,
    printCommand: true,
    plusQuestion: false,
    plusComments: false,
    domain: "",
    greeted: false,
  };
  const base = baseLookup(state.session.tries);
  const parsing: Parsing = {
    state,
    argv,
    base,
    current: base,
    openTypeClass: true,
    addresses: 0,
    first: true,
    isBatch: false,
  };
  checkDashes(context, argv);
  parseArguments(parsing);
  if (state.domain !== "") {
    state.session.search = [state.domain];
    state.session.useSearch = true;
  }
  runLookups(state.session);
  if (state.batch !== undefined) runBatch(parsing, state.batch);
  return state.session.status;
}

/** Each line of a file is a command line of its own, to which the options of the first one apply as well. Models -f of dig.c. */
function runBatch({ state, base, addresses }: Parsing, file: string): void {
  const { context } = state;
  if (file === "-") throw notSimulated("dig -f -");
  const data = context.files.read(file);
  if (!data) {
    context.err(`${file}: No such file or directory\ndig: couldn't open specified batch file\n`);
    throw new Exit(10);
  }
  for (const line of new TextDecoder().decode(data).split("\n")) {
    if (line === "" || /^[\r#;]/.test(line)) continue;
    const argv = line.split(/[ \t\r]+/).filter(Boolean);
    const own = { ...base };
    parseArguments({
      state,
      argv,
      base: own,
      current: own,
      openTypeClass: true,
      addresses,
      first: true,
      isBatch: true,
    });
    runLookups(state.session);
  }
}

function baseLookup(tries: number): DigLookup {
  const lookup: DigLookup = {
    ...newLookup("", "A"),
    tries,
    bufferSize: 1232,
    typeSet: false,
    classSet: false,
    tcpSet: false,
    question: true,
    answer: true,
    authority: true,
    additional: true,
    stats: true,
    identify: false,
    noTtl: false,
    noClass: false,
    ttlUnits: false,
    multiline: false,
    expandAddresses: false,
    cookie: true,
    nameServerId: false,
    dnssec: false,
    checkingDisabled: false,
    useMicroseconds: false,
    greeting: "",
  };
  sizeEdns(lookup, true);
  return lookup;
}

function parseArguments(parsing: Parsing): void {
  const { state, argv } = parsing;
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i] ?? "";
    if (word.startsWith("%")) break;
    if (word.startsWith("@")) {
      const servers: Server[] = serversOf("dig", state.context, word.slice(1));
      parsing.addresses = servers.length;
      parsing.current.servers = [...parsing.current.servers, ...servers];
    } else if (word.startsWith("+")) {
      plusOption(state, parsing.current, word.slice(1));
    } else if (word.startsWith("-")) {
      if (dashOption(parsing, word.slice(1), argv[i + 1])) i++;
    } else if (!typeOrClass(parsing, word)) {
      addLookup(parsing, word);
    }
  }
  if (parsing.first && (state.batch === undefined || parsing.isBatch)) {
    const root = addLookup(parsing, ".");
    root.type = "NS";
    root.typeSet = true;
  }
}

const SINGLE = "46dhimnruv";
const DASHES = `${SINGLE}bcfkpqtyx`;

/** Wrong options are found before anything is done. Models preparse_args of dig.c. */
function checkDashes(context: ProgramContext, argv: readonly string[]): void {
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i] ?? "";
    if (!word.startsWith("-")) continue;
    let option = word.slice(1);
    while (option !== "" && SINGLE.includes(option.charAt(0))) option = option.slice(1);
    if (option === "") continue;
    const lacksValue = option.length === 1 && ++i >= argv.length;
    if (DASHES.includes(option.charAt(0)) && !lacksValue) continue;
    context.err(`Invalid option: -${option}\n`);
    usage(context);
  }
}

/** True when the next argument was the option's value. Models dash_option of dig.c. */
function dashOption(parsing: Parsing, text: string, next: string | undefined): boolean {
  const { state, current } = parsing;
  const { context } = state;
  let option = text;
  while (option !== "" && SINGLE.includes(option.charAt(0))) {
    const letter = option.charAt(0);
    if (letter === "h") throw notSimulated("dig -h");
    if (letter === "v") {
      context.err(`DiG ${BIND_VERSION}\n`);
      throw new Exit(0);
    }
    if (letter === "4" || letter === "6") keepFamily(state.session, letter === "4" ? 4 : 6);
    if (letter === "u") current.useMicroseconds = true;
    option = option.slice(1);
  }
  if (option === "") return false;
  const fromNext = option.length === 1;
  const value = fromNext ? (next ?? "") : option.slice(1);
  switch (option.charAt(0)) {
    case "c": {
      if (current.classSet) context.err(";; Warning, extra class option\n");
      parsing.openTypeClass = false;
      const found = classFromText(value);
      if (found) setClass(current, found);
      else context.err(`;; Warning, ignoring invalid class ${value}\n`);
      break;
    }
    case "f":
      state.batch = value;
      break;
    case "p":
      if (!/^[0-9]+$/.test(value) || Number(value) > 65535) {
        const why = /^[0-9]+$/.test(value) ? "out of range" : "not a valid number";
        context.out(`invalid port number '${value}': ${why}\n`);
        context.err("dig: Couldn't parse port number\n");
        throw new Exit(1);
      }
      state.session.port = Number(value);
      break;
    case "q":
      addLookup(parsing, value);
      break;
    case "t": {
      parsing.openTypeClass = false;
      const found = transferSince(state.context, value) ?? typeFromText(value);
      if (found && (found !== "IXFR" || value.includes("="))) setType(parsing, found);
      else context.err(`;; Warning, ignoring invalid type ${value}\n`);
      break;
    }
    case "x": {
      const lookup = addLookup(parsing, reverseText(value) ?? `${value.split(".").reverse().join(".")}.in-addr.arpa.`);
      if (!lookup.typeSet) lookup.type = "PTR";
      break;
    }
    default:
      throw notSimulated(`dig -${option.charAt(0)}`);
  }
  return fromNext;
}

/** Models printgreeting of dig.c. */
function greetingOf({ state, argv, addresses }: Parsing): string {
  if (!state.printCommand) return "";
  const command = `; <<>> DiG ${BIND_VERSION} <<>>${["", ...argv].join(" ")}\n`;
  if (state.greeted) return command;
  state.greeted = true;
  const found = addresses > 0 ? `; (${addresses} server${addresses > 1 ? "s" : ""} found)\n` : "";
  return `\n${command}${found};; global options:${state.short ? " +short" : ""} +cmd\n`;
}

function typeOrClass(parsing: Parsing, word: string): boolean {
  const { current, openTypeClass, state } = parsing;
  if (!openTypeClass) return false;
  const type = transferSince(state.context, word) ?? typeFromText(word);
  if (type === "IXFR" && !word.includes("=")) {
    state.context.err(";; Warning, ixfr requires a serial number\n");
    return true;
  }
  if (type) {
    setType(parsing, type);
    return true;
  }
  const found = classFromText(word);
  if (!found) return false;
  if (current.classSet) state.context.err(";; Warning, extra class option\n");
  setClass(current, found);
  return true;
}

/** `ixfr=SERIAL`: the changes of a zone since it had that serial. */
function transferSince(context: ProgramContext, word: string): string | undefined {
  if (!/^ixfr=/i.test(word)) return undefined;
  const serial = word.slice("ixfr=".length);
  if (/^[0-9]+$/.test(serial) && Number(serial) <= 0xffffffff) return "IXFR";
  const why = /^[0-9]+$/.test(serial) ? "out of range" : "not a valid number";
  context.out(`invalid serial number '${serial}': ${why}\n`);
  context.err("dig: Couldn't parse serial number\n");
  throw new Exit(1);
}

function setClass(lookup: DigLookup, value: string): void {
  lookup.class = value;
  lookup.classSet = true;
}

function setType({ state, current }: Parsing, type: string): void {
  if (current.typeSet) state.context.err(";; Warning, extra type option\n");
  current.type = type;
  current.typeSet = true;
  if (isTransfer(type)) {
    current.question = state.plusQuestion;
    current.comments = state.plusComments;
    current.tcp = true;
  }
  if (type === "ANY" && !current.tcpSet) current.tcp = true;
}

function addLookup(parsing: Parsing, text: string): DigLookup {
  const { state } = parsing;
  const lookup: DigLookup = { ...parsing.base, text, newSearch: true };
  parsing.current = lookup;
  if (parsing.first) lookup.greeting = greetingOf(parsing);
  parsing.first = false;
  state.session.queue.push(lookup);
  return lookup;
}
