// What a program that lives for a moment pays for in a bundler's output, and what is done about it here:
// - Exports as accessors, one defineProperty each. They are assigned: no module of ours exports a variable that changes.
// - Three files for the commonest command. The entry takes in the first group and the hot ones the bundler's own few lines.
// - A character beyond Latin-1 makes V8 hold the whole file in two bytes a character. They are written as escapes.
// - The interop copy of a module of Node's, property by property. A module of Node's is itself.
// - import() as two functions each. One function does it, and a table of them holds one name each.
// - A namespace for import() of a module in the same file: an accessor for each export. It looks them up when it is asked.
// - What the entry exports to other files, for a command that reads no other file. It is handed out when one asks.
// - The function around a file's text. It is written into the file: to put it around the text when it is read copies the text.
const ACCESSOR =
  /Object\.defineProperty\(exports,"([\w$]+)",\{enumerable:!0,get:function\(\)\{return ?([\w$]+|`[\w.]+`)\}\}\)/g;
const IMPORT = /Promise\.resolve\(\)\.then\(\(\)=>require\(("\.\/[\w.-]+")\)\)/g;
const MEMBER = /importOf\(("[^"]+")\)\.then\(e=>e\.([\w$]+)\)/g;
const TABLE_ENTRY = /\(\)=>importOf\(([^()]+)\)(?=[,}])/g;
const MEMBER_ENTRY = /async\(\)=>\(await importOf\(([^()]+)\)\)\.([\w$]+)(?=[,}])/g;
const IMPORTS =
  "const memberOf=(e,t)=>{let n=require(e);for(const r of t)n=n[r];return n},importOf=async(e,...t)=>memberOf(e,t)," +
  "importer=(e,...t)=>async()=>memberOf(e,t);";
const NAMESPACE =
  /,s=\(e,n\)=>\{let r=\{\};for\(var i in e\)t\(r,i,\{get:e\[i\],enumerable:!0\}\);return n\|\|t\(r,Symbol\.toStringTag,\{value:`Module`\}\),r\}/;
const LAZY_NAMESPACE = ",H={get:(e,t)=>e[t]?.()},s=e=>new Proxy(e,H)";

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
          .replace(IMPORT, "importOf($1)")
          .replace(MEMBER, 'importOf($1,"$2")')
          .replace(TABLE_ENTRY, "importer($1)")
          .replace(MEMBER_ENTRY, 'importer($1,"$2")')
          .replace(/[^\0-\x7f]/g, (ch) => `\\u${ch.charCodeAt(0).toString(16).padStart(4, "0")}`);
      }
      inlineRuntime(this, chunks, hot);
      foldIntoEntry(this, bundle, chunks);
      for (const chunk of Object.values(bundle))
        if (chunk.type === "chunk") {
          const imports = /\bimport(Of|er)\(/.test(chunk.code) ? IMPORTS : "";
          chunk.code = `(function (exports, require, module) { ${imports}${chunk.code}\n})`;
        }
    },
  };
}

function inlineRuntime(plugin, chunks, hot) {
  const runtime = chunks.find((it) => it.name === "rolldown-runtime");
  if (!NAMESPACE.test(runtime.code)) plugin.error("the bundler's namespaces are others");
  runtime.code = runtime.code.replace(NAMESPACE, LAZY_NAMESPACE);
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
  const code = first.code.replace(map, "");
  const [forOthers] =
    /(exports\.[\w$]+=(?:[\w$]+|`[\w.]+`)[,;]\s*)+$/.exec(code) ?? plugin.error("the exports are not at the end");
  const inside = new Map(
    [...forOthers.matchAll(/exports\.([\w$]+)=([\w$]+|`[\w.]+`)/g)].map(([, name, local]) => [name, local]),
  );
  if (exported.some((it) => !inside.has(it[3]))) plugin.error("what the entry exports is not among them");
  const names = exported.map(([, name, , inner]) => `exports.${name}=${inside.get(inner)};`).join("");
  entry.code = `${code.slice(0, -forOthers.length)}${names}module.exportForOthers=()=>{${forOthers}}`;
  for (const chunk of chunks)
    if (chunk !== entry)
      chunk.code = chunk.code.replaceAll(`require("./${first.fileName}")`, `require("./${entry.fileName}")`);
  delete bundle[first.fileName];
}
