/** Breaks lines at spaces after `limit` characters at most; a word that is longer stays whole. Models github.com/mitchellh/go-wordwrap. */
export function wordWrap(text: string, limit: number): string {
  let out = "";
  let current = 0;
  let spaces = "";
  let word = "";
  const flush = () => {
    current += spaces.length + word.length;
    out += spaces + word;
    spaces = "";
    word = "";
  };
  for (const char of text) {
    if (char === "\n") {
      if (word === "" && current + spaces.length > limit) spaces = "";
      flush();
      out += "\n";
      current = 0;
    } else if (/\s/.test(char) && char !== "\u00a0") {
      if (spaces === "" || word !== "") flush();
      spaces += char;
    } else {
      word += char;
      if (current + word.length + spaces.length > limit && word.length < limit) {
        out += "\n";
        current = 0;
        spaces = "";
      }
    }
  }
  if (word !== "" || current + spaces.length <= limit) flush();
  return out;
}
