import { notSimulated } from "../../api/status.ts";
import { Exit } from "../exit.ts";
import type { ProgramContext } from "../program.ts";
import type { Lookup, Session } from "./session.ts";

/** What options change in one lookup of dig beside the lookup itself. */
export interface DigLookup extends Lookup {
  typeSet: boolean;
  classSet: boolean;
  tcpSet: boolean;
  question: boolean;
  answer: boolean;
  authority: boolean;
  additional: boolean;
  stats: boolean;
  identify: boolean;
  noTtl: boolean;
  noClass: boolean;
  ttlUnits: boolean;
  multiline: boolean;
  expandAddresses: boolean;
  cookie: boolean;
  nameServerId: boolean;
  dnssec: boolean;
  checkingDisabled: boolean;
  useMicroseconds: boolean;
  /** The command line as dig tells it before the first reply; empty once told. */
  greeting: string;
}

/** The globals of dig.c. */
export interface DigState {
  context: ProgramContext;
  session: Session;
  short: boolean;
  printCommand: boolean;
  plusQuestion: boolean;
  plusComments: boolean;
  domain: string;
  /** The file of -f. */
  batch?: string;
  /** What the options are has been told, before the first lookup of all. */
  greeted: boolean;
}

type Setter = (state: DigState, lookup: DigLookup, on: boolean, value: string | undefined) => void;

const USAGE = [
  "Usage:  dig [@global-server] [domain] [q-type] [q-class] {q-opt}",
  "            {global-d-opt} host [@local-server] {local-d-opt}",
  "            [ host [@local-server] {local-d-opt} [...]]",
  "",
].join("\n");

/** Models usage of dig.c. */
export function usage(context: ProgramContext): never {
  context.err(`${USAGE}\nUse "dig -h" (or "dig -h | more") for complete list of options\n`);
  throw new Exit(1);
}

const COOKIE_OPTION = 12;
const ID_OPTION = 4;
const EDNS_BUFFER = 1232;

/** The size of the options in the OPT record that goes out; undefined without one. */
export function sizeEdns(lookup: DigLookup, on: boolean): void {
  lookup.edns = on ? (lookup.cookie ? COOKIE_OPTION : 0) + (lookup.nameServerId ? ID_OPTION : 0) : undefined;
}

function number(state: DigState, value: string | undefined, max: number, what: string): number {
  if (value !== undefined && /^[0-9]+$/.test(value) && Number(value) <= max) return Number(value);
  const why = /^[0-9]+$/.test(value ?? "") ? "out of range" : "not a valid number";
  state.context.out(`invalid ${what.replace("Couldn't parse ", "")} '${value}': ${why}\n`);
  state.context.err(`dig: Couldn't parse ${what}\n`);
  throw new Exit(10);
}

function section(name: "question" | "answer" | "authority" | "additional" | "stats" | "identify"): Setter {
  return (_state, lookup, on) => {
    lookup[name] = on;
  };
}

function allSections(lookup: DigLookup, on: boolean): void {
  lookup.question = on;
  lookup.answer = on;
  lookup.authority = on;
  lookup.additional = on;
  lookup.comments = on;
  lookup.stats = on;
}

const useSearch: Setter = (state, _lookup, on) => {
  state.session.useSearch = on;
};
const useTcp: Setter = (_state, lookup, on) => {
  lookup.tcp = on;
  lookup.tcpSet = true;
};
const recurse: Setter = (_state, lookup, on) => {
  lookup.recurse = on;
};
const nothing: Setter = () => {};
const dnssec: Setter = (_state, lookup, on) => {
  if (on && lookup.edns === undefined) sizeEdns(lookup, true);
  lookup.dnssec = on;
};
/** What is not set in the first place may be switched off. */
const refuse =
  (name: string): Setter =>
  (_state, _lookup, on) => {
    if (on) throw notSimulated(`dig +${name}`);
  };

/** What changes nothing in an answer of this cluster's servers, or in how it is shown. */
const SILENT = ["aaflag", "aaonly", "adflag", "besteffort", "badcookie", "crypto", "fail", "idnin", "idnout"];
SILENT.push("keepopen", "raflag", "rrcomments", "tcflag", "zflag", "ednsnegotiation", "showbadcookie");

// biome-ignore format: a list
const REFUSED = [
  "coflag", "dns64prefix", "dscp", "ednsflags", "ednsopt", "expire", "header-only", "https", "https-get",
  "https-post", "http-plain", "http-plain-get", "http-plain-post", "keepalive", "mapped", "nssearch",
  "onesoa", "opcode", "padding", "qid", "qr", "split", "subnet", "tls", "tls-ca", "tls-certfile", "tls-hostname", "tls-keyfile",
  "trace", "unknownformat", "yaml",
];

const OPTIONS: Readonly<Record<string, Setter>> = {
  ...Object.fromEntries(SILENT.map((name) => [name, nothing])),
  ...Object.fromEntries(REFUSED.map((name) => [name, refuse(name)])),
  additional: section("additional"),
  answer: section("answer"),
  authority: section("authority"),
  question: (state, lookup, on) => {
    lookup.question = on;
    state.plusQuestion = on;
  },
  stats: section("stats"),
  identify: section("identify"),
  all: (state, lookup, on) => {
    allSections(lookup, on);
    state.printCommand = on;
  },
  bufsize: (state, lookup, on, value) => {
    if (!on) throw new InvalidOption();
    lookup.bufferSize = value === undefined ? EDNS_BUFFER : number(state, value, 65535, "buffer size");
    if (lookup.edns === undefined) lookup.edns = 0;
  },
  cdflag: (_state, lookup, on) => {
    lookup.checkingDisabled = on;
  },
  class: (_state, lookup, on) => {
    lookup.noClass = !on;
  },
  cmd: (state, _lookup, on) => {
    state.printCommand = on;
  },
  comments: (state, lookup, on) => {
    lookup.comments = on;
    state.plusComments = on;
  },
  cookie: (_state, lookup, on) => {
    lookup.cookie = on;
    sizeEdns(lookup, on || lookup.edns !== undefined);
  },
  defname: useSearch,
  dnssec,
  domain: (state, _lookup, on, value) => {
    if (value === undefined || !on) throw new InvalidOption();
    state.domain = value;
  },
  edns: (state, lookup, on, value) => {
    lookup.ednsVersion = value !== undefined && on ? number(state, value, 255, "edns") : 0;
    sizeEdns(lookup, on);
  },
  ignore: (_state, lookup, on) => {
    lookup.ignoreTruncation = on;
  },
  expandaaaa: (_state, lookup, on) => {
    lookup.expandAddresses = on;
  },
  multiline: (_state, lookup, on) => {
    lookup.multiline = on;
  },
  nsid: (_state, lookup, on) => {
    lookup.nameServerId = on;
    sizeEdns(lookup, on || lookup.edns !== undefined);
  },
  ttlunits: (_state, lookup, on) => {
    lookup.ttlUnits = on;
    lookup.noTtl = false;
  },
  ndots: (state, _lookup, on, value) => {
    if (value === undefined || !on) throw new InvalidOption();
    state.session.ndots = number(state, value, 0x7fffffff, "ndots");
  },
  rdflag: recurse,
  recurse,
  retries: retry,
  retry,
  search: useSearch,
  short: (state, lookup, on) => {
    state.short = on;
    if (!on) return;
    state.printCommand = false;
    allSections(lookup, false);
    lookup.answer = true;
  },
  showsearch: (state, _lookup, on) => {
    state.session.showSearch = on;
    state.session.useSearch = on;
  },
  tcp: useTcp,
  vc: useTcp,
  timeout: (state, _lookup, on, value) => {
    if (value === undefined || !on) throw new InvalidOption();
    number(state, value, 0x7fffffff, "timeout");
  },
  tries: (state, lookup, on, value) => {
    if (value === undefined || !on) throw new InvalidOption();
    lookup.tries = Math.max(1, number(state, value, 0x7fffffff, "tries"));
  },
  ttlid: (_state, lookup, on) => {
    lookup.noTtl = !on;
  },
};

function retry(state: DigState, lookup: DigLookup, on: boolean, value: string | undefined): void {
  if (value === undefined || !on) throw new InvalidOption();
  lookup.tries = number(state, value, 0x7ffffffe, "retries") + 1;
}

class InvalidOption extends Error {}

/** Words that stand for an option whose name they begin, though others begin with them too. */
const SYNONYMS: Readonly<Record<string, string>> = {
  aa: "aaflag",
  ad: "adflag",
  cd: "cdflag",
  cl: "class",
  do: "dnssec",
  ttl: "ttlid",
  edns: "edns",
};

/** `+[no]word[=value]`; a word may be cut short while it stays one of a kind. Models plus_option of dig.c. */
export function plusOption(state: DigState, lookup: DigLookup, option: string): void {
  const equals = option.indexOf("=");
  const value = equals < 0 ? undefined : option.slice(equals + 1);
  let word = (equals < 0 ? option : option.slice(0, equals)).toLowerCase();
  const on = !word.startsWith("no");
  if (!on) word = word.slice(2);
  const exact = Object.hasOwn(SYNONYMS, word) ? SYNONYMS[word] : Object.hasOwn(OPTIONS, word) ? word : undefined;
  const candidates = Object.keys(OPTIONS).filter((name) => word !== "" && name.startsWith(word));
  const name = exact ?? (candidates.length === 1 ? candidates[0] : undefined);
  try {
    const set = name === undefined ? undefined : OPTIONS[name];
    if (!set) throw new InvalidOption();
    set(state, lookup, on, value);
  } catch (error) {
    if (!(error instanceof InvalidOption)) throw error;
    state.context.err(`Invalid option: +${option}\n`);
    usage(state.context);
  }
}
