import { byteLength } from "../../api/encoding/text.ts";
import { getKey, setKey, sortedKeys } from "../../api/json.ts";
import type { Conversation, Memory, Reply } from "../image.ts";

/** What all keys and values together may take, in characters: they are kept in the state file. */
const MAX_MEMORY = 1 << 18;

const OK: Reply = { status: "OK" };
const error = (text: string): Conversation => ({ reply: { error: text } });
const NOT_INTEGER = error("ERR value is not an integer or out of range");

interface Command {
  /** Arguments, the command's name included; negative: at least as many. Models redis src/commands.def. */
  arity: number;
  writes?: boolean;
  run(args: readonly string[], memory: Memory): Conversation;
}

const count = (keys: readonly string[], memory: Memory) =>
  keys.filter((key) => getKey(memory, key) !== undefined).length;

function put(memory: Memory, key: string, value: string): Memory {
  const after: Record<string, string> = { ...memory };
  setKey(after, key, value);
  return after;
}

function add(by: number): Command["run"] {
  return ([key = ""], memory) => {
    const before = String(getKey(memory, key) ?? "0");
    if (!/^(0|-?[1-9]\d{0,15})$/.test(before)) return NOT_INTEGER;
    const value = Number(before) + by;
    return { reply: value, memory: put(memory, key, String(value)) };
  };
}

/** The commands on strings and keys, and those that ask how things stand. */
const COMMANDS: Readonly<Record<string, Command>> = {
  append: {
    arity: 3,
    writes: true,
    run: ([key = "", value = ""], memory) => {
      const after = `${getKey(memory, key) ?? ""}${value}`;
      return { reply: byteLength(after), memory: put(memory, key, after) };
    },
  },
  dbsize: { arity: 1, run: (_, memory) => ({ reply: Object.keys(memory).length }) },
  decr: { arity: 2, writes: true, run: add(-1) },
  del: {
    arity: -2,
    writes: true,
    run: (keys, memory) => {
      const left = Object.entries(memory).filter(([key]) => !keys.includes(key));
      return { reply: count([...new Set(keys)], memory), memory: Object.fromEntries(left) };
    },
  },
  echo: { arity: 2, run: ([text = ""]) => ({ reply: text }) },
  exists: { arity: -2, run: (keys, memory) => ({ reply: count(keys, memory) }) },
  flushall: { arity: -1, writes: true, run: () => ({ reply: OK, memory: {} }) },
  flushdb: { arity: -1, writes: true, run: () => ({ reply: OK, memory: {} }) },
  get: { arity: 2, run: ([key = ""], memory) => ({ reply: getKey(memory, key) ?? null }) },
  incr: { arity: 2, writes: true, run: add(1) },
  keys: {
    arity: 2,
    run: ([pattern = ""], memory) => ({ reply: sortedKeys(memory).filter((key) => glob(pattern).test(key)) }),
  },
  mget: {
    arity: -2,
    run: (keys, memory) => ({ reply: keys.map((key) => getKey(memory, key) ?? null) }),
  },
  ping: { arity: -1, run: ([text]) => ({ reply: text ?? { status: "PONG" } }) },
  set: {
    arity: -3,
    writes: true,
    run: ([key = "", value = "", ...options], memory) => {
      let wanted = true;
      for (const option of options) {
        const word = option.toLowerCase();
        if (word !== "nx" && word !== "xx") return error(`ERR kubemu does not simulate ${option.toUpperCase()} of SET`);
        wanted &&= (getKey(memory, key) === undefined) === (word === "nx");
      }
      return wanted ? { reply: OK, memory: put(memory, key, value) } : { reply: null };
    },
  },
  strlen: {
    arity: 2,
    run: ([key = ""], memory) => ({ reply: byteLength(String(getKey(memory, key) ?? "")) }),
  },
  type: {
    arity: 2,
    run: ([key = ""], memory) => ({ reply: { status: getKey(memory, key) === undefined ? "none" : "string" } }),
  },
};

/** What else there is, which nobody here simulates: it is refused, and not told to be unknown. */
const NOT_SIMULATED =
  "acl auth bitcount blpop brpop client config copy expire expireat geoadd getdel getrange getset hdel hget hgetall hkeys hlen hmset hset hvals incrby incrbyfloat decrby info lindex llen lpop lpush lrange lrem ltrim monitor mset multi exec object persist pexpire pfadd psubscribe pttl publish randomkey rename replicaof role rpop rpush sadd save bgsave scan scard script select setex setnx shutdown sismember slaveof smembers sort srem subscribe sunion time touch ttl unlink wait xadd xrange zadd zcard zrange zrem zscore".split(
    " ",
  );

/** The message by which a replica asks for everything. */
export const SYNC = "kubemu-sync";

/**
 * What a server answers to a command. `replica` absent: it takes writes. Models redis src/server.c processCommand and rejectCommand.
 */
export function redisCommand(message: readonly string[], memory: Memory, replica: boolean): Conversation {
  const [name = "", ...args] = message;
  if (name === SYNC) return { reply: JSON.stringify(memory) };
  const word = name.toLowerCase();
  const command = Object.hasOwn(COMMANDS, word) ? COMMANDS[word] : undefined;
  if (!command) {
    if (NOT_SIMULATED.includes(word)) return error(`ERR kubemu does not simulate ${name.toUpperCase()}`);
    const shown = args.map((arg) => `'${arg.slice(0, 128)}' `).join("");
    return error(`ERR unknown command '${name.slice(0, 128)}', with args beginning with: ${shown}`);
  }
  if (command.arity > 0 ? message.length !== command.arity : message.length < -command.arity)
    return error(`ERR wrong number of arguments for '${word}' command`);
  if (command.writes && replica) return error("READONLY You can't write against a read only replica.");
  const said = command.run(args, memory);
  if (said.memory && JSON.stringify(said.memory).length > MAX_MEMORY)
    return error("OOM command not allowed when used memory > 'maxmemory'.");
  return said;
}

/** `*`, `?`, `[a-c]` of KEYS. */
function glob(pattern: string): RegExp {
  const source = pattern.replace(/\\(.)|\[[^\]]*\]|[*?]|[.+^${}()|[\]\\]/g, (found, escaped?: string) => {
    if (found === "*") return ".*";
    if (found === "?") return ".";
    if (found.startsWith("[") && found.endsWith("]")) return found;
    return `\\${escaped ?? found}`;
  });
  return new RegExp(`^(?:${source})$`, "s");
}
