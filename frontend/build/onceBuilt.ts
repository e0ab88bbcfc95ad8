import { resolve } from 'node:path';
import type { Plugin } from 'vite';

/** A plugin that works on the files of a finished build, in the folder `out`; several take turns in the order of the plugins. */
export function onceBuilt(name: string, work: (out: string) => Promise<void>): Plugin {
  let out = '';
  return {
    name: `wuye:${name}`,
    apply: 'build',
    enforce: 'post',
    configResolved(config) {
      out = resolve(config.root, config.build.outDir);
    },
    closeBundle: { order: 'post', sequential: true, handler: () => work(out) },
  };
}
