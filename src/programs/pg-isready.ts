import { notSimulated } from "../api/status.ts";
import type { Program } from "./program.ts";

const WITH_VALUE: Readonly<Record<string, string>> = {
  "-d": "dbname",
  "-h": "host",
  "-p": "port",
  "-t": "timeout",
  "-U": "username",
};

/**
 * `pg_isready [-h HOST] [-p PORT] [-q]`: 0 where a server accepts connections, 2 where none answers, 3 for wrong arguments. Models
 * postgres src/bin/scripts/pg_isready.c.
 */
export const program: Program = {
  async run(argv, context) {
    const given: Record<string, string> = {};
    let quiet = false;
    for (let at = 0; at < argv.length; at++) {
      const word = argv[at]!;
      const [, long, joined] = /^--(dbname|host|port|timeout|username)(?:=(.*))?$/.exec(word) ?? [];
      const short = WITH_VALUE[word.slice(0, 2)];
      if (word === "-q" || word === "--quiet") quiet = true;
      else if (long) given[long] = joined ?? argv[++at] ?? "";
      else if (short) given[short] = word.length > 2 ? word.slice(2) : (argv[++at] ?? "");
      else if (word.startsWith("-")) throw notSimulated(`pg_isready ${word}`);
      else {
        context.err(
          `pg_isready: error: too many command-line arguments (first is "${word}")\npg_isready: hint: Try "pg_isready --help" for more information.\n`,
        );
        return 3;
      }
    }
    const host = given.host ?? context.env.PGHOST;
    const port = given.port ?? context.env.PGPORT ?? "5432";
    const { network } = context;
    const [address] = host === undefined || host.startsWith("/") ? ["127.0.0.1"] : network.resolve(host).addresses;
    const path = address === undefined ? undefined : network.connect(address, Number(port), "TCP");
    const accepts = path?.verdict === "answered";
    if (!quiet)
      context.out(`${host ?? "/var/run/postgresql"}:${port} - ${accepts ? "accepting connections" : "no response"}\n`);
    return accepts ? 0 : 2;
  },
};
