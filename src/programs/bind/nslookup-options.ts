import type { ProgramContext } from "../program.ts";
import { classFromText, typeFromText } from "./record-types.ts";
import type { Session } from "./session.ts";

/** The globals of nslookup.c. */
export interface State {
  context: ProgramContext;
  session: Session;
  type: string;
  class: string;
  defaultLookups: boolean;
  debug: boolean;
  tries: number;
  timeout: number;
  recurse: boolean;
  tcp: boolean;
  tcpSet: boolean;
  noAddress: boolean;
  queryError: number;
  printError: number;
}

/** Models show_settings: the servers alone, or what is set too. */
export function showServers({ context, session }: State): void {
  for (const { address, argument } of session.servers) {
    context.out(`Default server: ${argument}\nAddress: ${address}#${session.port}\n`);
  }
}

function showSettings(state: State): void {
  const { context, session } = state;
  showServers(state);
  context.out(
    [
      "",
      "Set options:",
      `  ${state.tcp ? "vc" : "novc"}\t\t\t${state.debug ? "debug" : "nodebug"}\t\tnod2`,
      `  ${session.useSearch ? "search" : "nosearch"}\t\t${state.recurse ? "recurse" : "norecurse"}`,
      `  timeout = ${state.timeout}\t\tretry = ${state.tries}\tport = ${session.port}\tndots = ${session.ndots}`,
      `  querytype = ${state.type.padEnd(8)}\tclass = ${state.class}`,
      `  srchlist = ${session.search.join("/")}`,
      "",
    ].join("\n"),
  );
}

/** Options whose value follows an equals sign, each with its short forms. */
const VALUED: readonly [string, (state: State, value: string) => void][] = [
  ["class=", setClass],
  ["cl=", setClass],
  ["type=", setType],
  ["ty=", setType],
  ["querytype=", setType],
  ["query=", setType],
  ["qu=", setType],
  ["q=", setType],
  ["domain=", setDomain],
  ["do=", setDomain],
  ["port=", setPort],
  ["po=", setPort],
  ["timeout=", setWait],
  ["t=", setWait],
  ["retry=", setTries],
  ["ret=", setTries],
  ["ndots=", setNdots],
];

function setClass(state: State, value: string): void {
  if (classFromText(value)) state.class = value;
  else state.context.out(`unknown query class: ${value}\n`);
}

function setType(state: State, value: string): void {
  if (!typeFromText(value)) {
    state.context.out(`unknown query type: ${value}\n`);
    return;
  }
  state.type = value;
  state.defaultLookups = false;
}

function setDomain(state: State, value: string): void {
  state.session.search = [value];
  state.session.useSearch = true;
}

function number(state: State, value: string, max: number, what: string): number | undefined {
  if (/^[0-9]+$/.test(value) && Number(value) <= max) return Number(value);
  const why = /^[0-9]+$/.test(value) ? "out of range" : "not a valid number";
  state.context.out(`invalid ${what} '${value}': ${why}\n`);
  return undefined;
}

function setPort(state: State, value: string): void {
  state.session.port = number(state, value, 65535, "port") ?? state.session.port;
}

function setWait(state: State, value: string): void {
  state.timeout = number(state, value, 0xffffffff, "timeout") ?? state.timeout;
}

function setTries(state: State, value: string): void {
  state.tries = number(state, value, 0x7fffffff, "tries") ?? state.tries;
}

function setNdots(state: State, value: string): void {
  state.session.ndots = number(state, value, 128, "ndots") ?? state.session.ndots;
}

/** Words that may be cut short to the given length. */
const SWITCHES: readonly [string, number, (state: State) => void][] = [
  [
    "recurse",
    3,
    (state) => {
      state.recurse = true;
    },
  ],
  [
    "norecurse",
    5,
    (state) => {
      state.recurse = false;
    },
  ],
  [
    "defname",
    3,
    (state) => {
      state.session.useSearch = true;
    },
  ],
  [
    "nodefname",
    5,
    (state) => {
      state.session.useSearch = false;
    },
  ],
  ["vc", 2, (state) => setTcp(state, true)],
  ["novc", 4, (state) => setTcp(state, false)],
  ["debug", 3, (state) => setDebug(state, true)],
  ["nodebug", 5, (state) => setDebug(state, false)],
  ["d2", 2, () => {}],
  ["nod2", 4, () => {}],
  [
    "search",
    3,
    (state) => {
      state.session.useSearch = true;
    },
  ],
  [
    "nosearch",
    5,
    (state) => {
      state.session.useSearch = false;
    },
  ],
  ["sil", 3, () => {}],
  ["fail", 3, () => {}],
  ["nofail", 5, () => {}],
];

function setTcp(state: State, on: boolean): void {
  state.tcp = on;
  state.tcpSet = true;
}

function setDebug(state: State, on: boolean): void {
  state.debug = on;
  state.session.showSearch = on;
}

/** Models setoption of nslookup.c: an option may be typed in any case, a switch cut short. */
export function setOption(state: State, option: string): void {
  const lower = option.toLowerCase();
  if (lower === "all") {
    showSettings(state);
    return;
  }
  for (const [prefix, set] of VALUED) {
    if (!lower.startsWith(prefix)) continue;
    set(state, option.slice(prefix.length));
    return;
  }
  for (const [name, shortest, set] of SWITCHES) {
    if (lower.length < shortest || !name.startsWith(lower)) continue;
    set(state);
    return;
  }
  state.context.out(`*** Invalid option: ${option}\n`);
}
