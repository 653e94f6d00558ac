/** The state file cannot be used; the message names it, says why, and how to go on. Printed as `error: <message>`, exit status 1. */
export class StateError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "StateError";
  }
}
