// Holds the build to its budgets: what a page loads before it can be used, gzipped, over the static
// import graph of its route. Run after `npm run build`; fails when a budget is exceeded.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import {
  antdSheetOf,
  circle,
  loadedWith,
  piece,
  routeSources,
  splitRoutes,
} from '../build/graph.mjs';

const dist = fileURLToPath(new URL('../dist', import.meta.url));
const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'));
// Of files that need each other one runs before what it needs: the page fails in the browser.
const found = circle(manifest);
if (found) {
  console.error(`files that need each other: ${found.join(' → ')}`);
  process.exit(1);
}
const routes = splitRoutes(manifest);
const phone = routes.filter((route) => /^_m\.m\./.test(route));
const office = routes.filter((route) => /^_app\./.test(route));

/** Pages with a budget in kB (1,000 bytes), and pieces they may not load: the frame of the back office
 * (`frame`) and that of the phone (`_m`) have no place in each other, nor before the login. */
const pages = [
  { name: 'login', routes: ['login'], budget: 120, without: ['frame', '_m'] },
  { name: 'report', routes: ['report'], budget: 150, without: ['frame', '_m'] },
  ...phone.map((route) => ({
    name: route,
    routes: ['_m', route],
    budget: 150,
    without: ['frame'],
  })),
  // What a technician's day begins with; the cards of tasks and duties come beside it.
  {
    name: "_m.m.index with a technician's work",
    routes: ['_m', '_m.m.index'],
    pieces: ['orders', 'mine'],
    budget: 150,
    without: ['frame'],
  },
  {
    name: '_m.m.index with every card of a technician',
    routes: ['_m', '_m.m.index'],
    pieces: ['orders', 'mine', 'cards'],
    budget: 155,
    without: ['frame'],
  },
  ...office.map((route) => ({
    name: route,
    routes: ['_app', route],
    styles: [antdSheetOf(manifest)],
    budget: 380,
    without: ['_m'],
  })),
];

const sizes = new Map();
const size = (file) => {
  if (!sizes.has(file))
    sizes.set(file, gzipSync(readFileSync(join(dist, file)), { level: 9 }).length);
  return sizes.get(file);
};

let over = 0;
for (const page of pages) {
  const more = (page.pieces ?? []).map((name) => piece(manifest, name));
  const sources = [...routeSources(manifest, page.routes), ...more];
  const files = [...loadedWith(manifest, sources), ...(page.styles ?? [])];
  const total = files.reduce((sum, file) => sum + size(file), 0) / 1000;
  const strange = page.without.filter((name) =>
    files.includes(manifest[piece(manifest, name)].file),
  );
  const bad = total > page.budget || strange.length > 0;
  if (bad) over += 1;
  console.log(
    `${bad ? 'OVER' : 'ok  '} ${total.toFixed(1).padStart(6)} of ${page.budget} kB  ${page.name}  (${files.length} files)`,
  );
  for (const name of strange) console.log(`       may not load the piece ${name}`);
  if (bad || process.argv.includes('--files')) {
    for (const file of files.sort((a, b) => size(b) - size(a))) {
      console.log(`       ${(size(file) / 1000).toFixed(1).padStart(6)}  ${file}`);
    }
  }
}
console.log(`${pages.length - over} passed, ${over} failed`);
process.exit(over > 0 ? 1 : 0);
