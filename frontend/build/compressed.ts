import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';
import { onceBuilt } from './onceBuilt';

const toBrotli = promisify(brotliCompress);
const toGzip = promisify(gzip);
const TEXT = /\.(?:js|css|html|svg|json|webmanifest|txt)$/;

/** Writes `.br` and `.gz` beside each text file of the build, once, so that the server never
 * compresses anything itself. Files that would not get smaller have none. */
export const compressed = (): Plugin =>
  onceBuilt('compressed', async (out) => {
    const files = (await readdir(out, { recursive: true })).filter((name) => TEXT.test(name));
    for (const name of files) await compress(join(out, name));
  });

async function compress(path: string): Promise<void> {
  if (!(await stat(path)).isFile()) return;
  const source = await readFile(path);
  if (source.length < 512) return;
  const [br, gz] = await Promise.all([
    toBrotli(source, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 11,
        [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
        [constants.BROTLI_PARAM_SIZE_HINT]: source.length,
      },
    }),
    toGzip(source, { level: 9 }),
  ]);
  if (br.length < source.length) await writeFile(`${path}.br`, br);
  if (gz.length < source.length) await writeFile(`${path}.gz`, gz);
}
