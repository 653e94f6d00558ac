import { decodeText } from "../../api/encoding/text.ts";
import { notSimulated } from "../../api/status.ts";
import { type Header, typedHeader } from "../../network/http/message.ts";
import { Exit } from "../exit.ts";
import type { ProgramContext } from "../program.ts";
import { showUsage } from "./usage.ts";

const USAGE = `wget [-cqS] [--spider] [-O FILE] [-o LOGFILE] [--header STR]
	[--post-data STR | --post-file FILE] [-Y on/off]
	[--no-check-certificate] [-P DIR] [-U AGENT] URL...

Retrieve files via HTTP or FTP

	--spider	Only check URL existence: $? is 0 if exists
	--header STR	Add STR (of form 'header: value') to headers
	--post-data STR	Send STR using POST method
	--post-file FILE	Send FILE using POST method
	--no-check-certificate	Don't validate the server's certificate
	-c		Continue retrieval of aborted transfer
	-q		Quiet
	-P DIR		Save to DIR (default .)
	-S    		Show server response
	-O FILE		Save to FILE ('-' for stdout)
	-o LOGFILE	Log messages to FILE
	-U STR		Use STR for User-Agent header
	-Y on/off	Use proxy`;

export interface WgetOptions {
  quiet: boolean;
  spider: boolean;
  showHeaders: boolean;
  output: string | undefined;
  folder: string;
  agent: string;
  headers: Header[];
  post: string | undefined;
  timeLimit: boolean;
  urls: string[];
}

const LONG_WITH_VALUE: Readonly<Record<string, string>> = {
  header: "header",
  "post-data": "post-data",
  "post-file": "post-file",
  "output-document": "O",
  "output-file": "o",
  "directory-prefix": "P",
  "user-agent": "U",
  proxy: "Y",
  timeout: "T",
};
const LONG: Readonly<Record<string, string>> = {
  spider: "spider",
  quiet: "q",
  continue: "c",
  "server-response": "S",
  "no-check-certificate": "no-check-certificate",
  passive: "passive",
  "passive-ftp": "passive",
};

/** Ends wget with status 1 and this complaint. */
export function fail(context: ProgramContext, text: string): never {
  context.err(`wget: ${text}\n`);
  throw new Exit(1);
}

/** The command line of BusyBox' wget: getopt32long. @throws Exit after a complaint */
export function parseOptions(argv: readonly string[], context: ProgramContext): WgetOptions {
  const options: WgetOptions = {
    quiet: false,
    spider: false,
    showHeaders: false,
    output: undefined,
    folder: "",
    agent: "Wget",
    headers: [],
    post: undefined,
    timeLimit: false,
    urls: [],
  };
  const usage = (text: string) => {
    context.err(`wget: ${text}\n`);
    showUsage(context, USAGE);
  };
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i] ?? "";
    if (word === "--") {
      options.urls.push(...argv.slice(i + 1));
      break;
    }
    if (word.startsWith("--")) {
      const [name = "", given] = word.slice(2).split(/=(.*)/s);
      const plain = Object.hasOwn(LONG, name) ? LONG[name] : undefined;
      const valued = Object.hasOwn(LONG_WITH_VALUE, name) ? LONG_WITH_VALUE[name] : undefined;
      if (plain !== undefined) set(context, options, plain, "");
      else if (valued === undefined) usage(`unrecognized option '${word}'`);
      else {
        const value = given ?? argv[++i];
        if (value === undefined) usage(`option '${word}' requires an argument`);
        else set(context, options, valued, value);
      }
    } else if (word.startsWith("-") && word !== "-") {
      for (let at = 1; at < word.length; at++) {
        const letter = word.charAt(at);
        if ("OoPUYTt".includes(letter)) {
          const value = word.slice(at + 1) || argv[++i];
          if (value === undefined) usage(`option requires an argument -- '${letter}'`);
          else set(context, options, letter, value);
          break;
        }
        if (!"qcS".includes(letter)) usage(`invalid option -- '${letter}'`);
        set(context, options, letter, "");
      }
    } else options.urls.push(word);
  }
  if (options.urls.length === 0) showUsage(context, USAGE);
  return options;
}

function set(context: ProgramContext, options: WgetOptions, name: string, value: string): void {
  switch (name) {
    case "q":
      options.quiet = true;
      break;
    case "S":
      options.showHeaders = true;
      break;
    case "spider":
      options.spider = true;
      break;
    case "O":
      options.output = value;
      break;
    case "P":
      options.folder = value;
      break;
    case "U":
      options.agent = value;
      break;
    case "T":
      options.timeLimit = true;
      break;
    case "header": {
      const header = typedHeader(value);
      if (!header) throw notSimulated("a header without a name and a colon");
      options.headers.push(header);
      break;
    }
    case "post-data":
      options.post = value;
      break;
    case "post-file": {
      const file = context.files.read(value);
      if (!file) fail(context, `can't open '${value}': No such file or directory`);
      options.post = decodeText(file);
      break;
    }
    case "t":
    case "no-check-certificate":
    case "passive":
      break;
    default:
      throw notSimulated(`wget -${name}`);
  }
}
