// Puts a .br and a .gz beside every file of a folder that shrinks by it, unless they are newer than the file.
import { readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const compressible = /\.(js|wasm|css|svg|txt|json|html|webmanifest)$/;
const kinds = {
  br: (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
  gz: (bytes) => gzipSync(bytes, { level: 9 }),
};

const folder = process.argv.at(-1);
for (const name of readdirSync(folder, { recursive: true })) {
  const path = join(folder, name);
  if (!compressible.test(name) || name === "manifest.json") continue;
  const written = statSync(path).mtimeMs;
  for (const [kind, compress] of Object.entries(kinds)) {
    const beside = `${path}.${kind}`;
    if ((statSync(beside, { throwIfNoEntry: false })?.mtimeMs ?? 0) >= written) continue;
    const bytes = readFileSync(path);
    const smaller = compress(bytes);
    if (smaller.length < bytes.length) writeFileSync(beside, smaller);
  }
}
