import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Manifest, Plugin } from 'vite';
import {
  antdSheetOf,
  loadedWith,
  routeAddress,
  routeSources,
  splitRoutes,
  stylesWith,
} from './graph.mjs';
import { onceBuilt } from './onceBuilt';

/** The folder of the first pages, and beside it the list of addresses with the page of each, as the server reads it. */
const FOLDER = 'pages';
/** The phone's first page, which stands in the piece of its layout. */
const HOME = '_m.m.index';

/**
 * A first page for each address: `index.html` that also names what the page of this address is made of, so that all of it is
 * fetched at once and not piece after piece as one asks for the next. The server chooses it by the address.
 */
export const pages = (): Plugin =>
  onceBuilt('pages', async (out) => {
    const index = await readFile(join(out, 'index.html'), 'utf8');
    const manifest = JSON.parse(await readFile(join(out, '.vite/manifest.json'), 'utf8'));
    await mkdir(join(out, FOLDER), { recursive: true });
    const addresses: Record<string, string> = {};
    for (const [address, route] of routesByAddress([...splitRoutes(manifest), HOME])) {
      const first = route.startsWith('_app.') ? [antdSheetOf(manifest)] : [];
      const file = `${FOLDER}/${route.replaceAll('$', '')}.html`;
      await writeFile(join(out, file), pageOf(index, manifest, route, first));
      addresses[address] = file;
    }
    await writeFile(join(out, `${FOLDER}.json`), JSON.stringify(addresses));
  });

/** The routes that have an address, by it. Layouts (`_app`) have none. */
export function routesByAddress(routes: string[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const route of routes.filter((one) => !/^_[^.]*$/.test(one))) {
    const address = routeAddress(route);
    const other = found.get(address);
    if (other) throw new Error(`${address} is the address of ${other} and of ${route}`);
    found.set(address, route);
  }
  return found;
}

/** `index` with what `route` needs; the styles `first` come before all others. */
export function pageOf(index: string, manifest: Manifest, route: string, first: string[]): string {
  const layout = /^_/.test(route) ? [route.split('.')[0] as string] : [];
  const sources = routeSources(manifest, [...layout, route]);
  const isNew = (file: string) => !index.includes(`"/${file}"`);
  const style = (file: string) => `<link rel="stylesheet" crossorigin href="/${file}">`;
  const script = (file: string) => `<link rel="modulepreload" crossorigin href="/${file}">`;
  const scripts = loadedWith(manifest, sources).filter((file) => file.endsWith('.js'));
  const links = [
    ...stylesWith(manifest, sources).filter(isNew).map(style),
    ...scripts.filter(isNew).map(script),
  ];
  return index
    .replace(/(?=<link rel="stylesheet")/, first.map(style).join(''))
    .replace('</head>', `${links.join('')}</head>`);
}
