import { main } from "./main.ts";

// Where the single executable begins; bin/kubemu.js is the same for Node.
void main().then(() => process.exit());
