/** A part of a word: text, or what is put in the place of `$…`. Quoted parts are neither split nor dropped when they are empty. */
export type Part =
  | { text: string; quoted: boolean }
  | { variable: string; quoted: boolean; length?: true; operator?: string; argument?: readonly Part[] }
  | { commands: readonly Op[]; quoted: boolean }
  | { arithmetic: readonly Part[]; quoted: boolean };

export type Word = readonly Part[];

export interface Redirection {
  fd: number;
  /** `copy`: `2>&1`; `both`: `&>`; `text`: a here-document. */
  kind: "write" | "append" | "read" | "copy" | "both" | "text";
  target: Word;
}

export interface Simple {
  words: readonly Word[];
  assignments: readonly { name: string; value: Word }[];
  redirections: readonly Redirection[];
}

/** A script as a list of operations with jumps, so that where it stands is one number. */
export type Op =
  /** A pipeline of simple commands. `mayFail`: under `set -e` its failure ends nothing. */
  | { op: "run"; commands: readonly Simple[]; mayFail?: true; background?: true }
  | { op: "negate" }
  | { op: "status"; status: number }
  | { op: "jump"; when: "always" | "ok" | "failed"; to: number }
  /** Back to the top of a loop. */
  | { op: "again"; to: number }
  /** The words that a `for` goes through. */
  | { op: "words"; id: number; words: readonly Word[] }
  /** The next of them, or on to `to`. */
  | { op: "each"; id: number; name: string; to: number }
  /** A clause of a `case`: on to `to` where the word matches none of the patterns. */
  | { op: "match"; word: Word; patterns: readonly Word[]; to: number }
  /** Redirections of a compound command, and their end. */
  | { op: "redirect"; redirections: readonly Redirection[] }
  | { op: "restore" }
  /** What changes in here is forgotten behind it; `exit` goes on at `to`. */
  | { op: "subshell"; to: number }
  | { op: "leave" };

/** A command that is none of the shell's own. */
export interface Call {
  argv: string[];
  /** Variables that the script has set, and those in front of the command. */
  env: Readonly<Record<string, string>>;
  cwd: string;
  stdin: string;
  /** Milliseconds since 1970. */
  at: number;
}

export interface Called {
  status: number;
  stdout: string;
  stderr: string;
}

/** What of the shell's language is not followed here. */
export class Unsupported extends Error {}
