import { canonicalIP } from "../../network/dns/names.ts";

/** What BIND's tools take from resolv.conf(5); they read it in another way than the C library does. */
export interface ResolverConfig {
  nameservers: string[];
  searches: string[];
  ndots: number;
  /** Seconds; 0: not said. */
  timeout: number;
  attempts: number;
}

const MAX_NAMESERVERS = 3;
const MAX_SEARCHES = 8;
const MAX_OPTION = 255;
const DEFAULT_ATTEMPTS = 3;
/** Who is asked when the file names nobody. */
const THIS_MACHINE = ["::1", "127.0.0.1"];

/** Undefined: a line that cannot be. Models irs_resconf_load of BIND 9.18 lib/irs/resconf.c. */
export function parseResolverConfig(text: string): ResolverConfig | undefined {
  const config: ResolverConfig = { nameservers: [], searches: [], ndots: 1, timeout: 0, attempts: DEFAULT_ATTEMPTS };
  for (const line of text.split("\n")) {
    const [keyword, ...words] = wordsOf(line);
    const first = words[0];
    const known = ["nameserver", "domain", "search", "options", "sortlist"].includes(keyword ?? "");
    if (!known) continue;
    if (first === undefined) return undefined;
    if ((keyword === "nameserver" || keyword === "domain") && words.length > 1) return undefined;
    if (keyword === "nameserver") {
      const address = canonicalIP(first);
      if (config.nameservers.length === MAX_NAMESERVERS) continue;
      if (address === undefined) return undefined;
      config.nameservers.push(address === "0.0.0.0" ? "127.0.0.1" : address);
    } else if (keyword === "domain" || keyword === "search") {
      config.searches = words.slice(0, MAX_SEARCHES);
    } else if (keyword === "options" && !setOptions(config, words)) return undefined;
  }
  if (config.nameservers.length === 0) config.nameservers = [...THIS_MACHINE];
  return config;
}

/** A `#` or `;` where a word would begin ends the line. */
function wordsOf(line: string): string[] {
  const words = line.split(/[ \t\r\v\f]+/).filter(Boolean);
  const comment = words.findIndex((word) => /^[#;]/.test(word));
  return comment < 0 ? words : words.slice(0, comment);
}

function setOptions(config: ResolverConfig, words: readonly string[]): boolean {
  for (const word of words) {
    const [, name, value = ""] = /^(ndots|attempts|timeout):(.*)$/.exec(word) ?? [];
    if (name === undefined) continue;
    if (!/^[+-]?[0-9]*$/.test(value)) return false;
    const number = Number(value);
    if (!(number >= 0 && number <= MAX_OPTION)) return false;
    if (name === "ndots") config.ndots = number;
    else if (name === "timeout") config.timeout = number;
    else config.attempts = number;
  }
  return true;
}
