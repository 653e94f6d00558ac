/** The flags of one invocation; a name without dashes. Asking for a flag that the command does not declare is a bug and throws. */
export interface FlagValues {
  string(name: string): string;
  bool(name: string): boolean;
  /** int, int32, int64 and uint flags. */
  int(name: string): number;
  /** stringSlice, stringArray and the like, in the order given. */
  list(name: string): string[];
  /** Milliseconds. */
  duration(name: string): number;
  /** True when the flag was given on the command line, or has its value from the user's preferences. */
  changed(name: string): boolean;
  /** True when the command declares the flag. */
  has(name: string): boolean;
  /** True when the command declares the flag with one text for its value: a command's own may hide a global one of another type. */
  isText(name: string): boolean;
  /** Each flag that the command line gave with the text of its value, in that order; a repeated one is there each time. */
  readonly given: readonly (readonly [name: string, text: string])[];
}
