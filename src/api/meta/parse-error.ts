/** A text that is not what it should be: a selector, a quantity, a duration. `message` is the text that kubectl or the API server prints. */
export class ParseError extends Error {
  override readonly name = "ParseError";
}
