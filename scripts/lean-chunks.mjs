// What a program that lives for a moment pays for in a bundler's output, and what is done about it here:
// - Exports as accessors, one defineProperty each. They are assigned: no module of ours exports a variable that changes.
// - Three files for the commonest command. The entry takes in the first group and the hot ones the bundler's own few lines.
// - A character beyond Latin-1 makes V8 hold the whole file in two bytes a character. They are written as escapes.
// - The interop copy of a module of Node's, property by property. A module of Node's is itself.
// - The function around a file's text. It is written into the file: to put it around the text when it is read copies the text.
const ACCESSOR = /Object\.defineProperty\(exports,"([\w$]+)",\{enumerable:!0,get:function\(\)\{return ([\w$]+)\}\}\)/g;

/** A rolldown plugin for minified CommonJS chunks; `hot` are the names of those that the commonest commands load. */
export function lean(hot) {
  return {
    name: "lean-chunks",
    transform(code, id) {
      if (/^export let /m.test(code)) this.error(`${id}: an exported variable that changes`);
    },
    generateBundle(_, bundle) {
      const chunks = Object.values(bundle).filter((it) => it.type === "chunk");
      for (const chunk of chunks) {
        chunk.code = chunk.code
          .replace(ACCESSOR, "exports.$1=$2")
          .replace(/[^\0-\x7f]/g, (ch) => `\\u${ch.charCodeAt(0).toString(16).padStart(4, "0")}`);
      }
      inlineRuntime(chunks, hot);
      foldIntoEntry(this, bundle, chunks);
      for (const chunk of Object.values(bundle))
        if (chunk.type === "chunk") chunk.code = `(function (exports, require, module) { ${chunk.code}\n})`;
    },
  };
}

function inlineRuntime(chunks, hot) {
  const runtime = chunks.find((it) => it.name === "rolldown-runtime");
  for (const chunk of chunks)
    if (hot.includes(chunk.name))
      chunk.code = chunk.code.replace(
        `require("./${runtime.fileName}")`,
        () => `(()=>{const exports={};${runtime.code};return exports})()`,
      );
}

function foldIntoEntry(plugin, bundle, chunks) {
  const entry = chunks.find((it) => it.isEntry);
  const first = chunks.find((it) => it.name === "read");
  const [, alias] = new RegExp(`const ([\\w$]+)=require\\("\\./${first.fileName}"\\)`).exec(entry.code) ?? [];
  const exported = [...entry.code.matchAll(/exports\.([\w$]+)=([\w$]+)\.([\w$]+)/g)];
  if (alias === undefined || exported.some((it) => it[2] !== alias)) plugin.error("the entry is no facade");
  const map = /\n\/\/# sourceMappingURL=.*$/;
  const names = exported.map(([, name, , inner]) => `exports.${name}=exports.${inner};`).join("");
  entry.code = `${first.code.replace(map, "")}\n${names}`;
  for (const chunk of chunks)
    if (chunk !== entry)
      chunk.code = chunk.code.replaceAll(`require("./${first.fileName}")`, `require("./${entry.fileName}")`);
  delete bundle[first.fileName];
}
