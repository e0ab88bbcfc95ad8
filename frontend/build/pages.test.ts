import { expect, test } from 'vitest';
import { pageOf, routesByAddress } from './pages';

const manifest = {
  'index.html': { file: 'assets/index.js', isEntry: true, css: ['assets/index.css'] },
  'frame.js': { file: 'assets/app.js', name: '_app', css: ['assets/app.css'] },
  'src/routes/_app.houses.$id.tsx?tsr-split=component': {
    file: 'assets/house.js',
    imports: ['_facts.js'],
    css: ['assets/house.css'],
  },
  '_facts.js': { file: 'assets/facts.js' },
};
const index =
  '<head><script src="/assets/index.js"></script><link rel="stylesheet" crossorigin href="/assets/index.css"></head>';

test('a first page names at once what it would ask for piece by piece', () => {
  const page = pageOf(index, manifest, '_app.houses.$id', ['assets/antd.css']);
  const hrefs = [...page.matchAll(/rel="(\w+)" crossorigin href="([^"]+)"/g)].map((m) => [
    m[1],
    m[2],
  ]);
  expect(hrefs).toEqual([
    ['stylesheet', '/assets/antd.css'],
    ['stylesheet', '/assets/index.css'],
    ['stylesheet', '/assets/app.css'],
    ['stylesheet', '/assets/house.css'],
    ['modulepreload', '/assets/app.js'],
    ['modulepreload', '/assets/house.js'],
    ['modulepreload', '/assets/facts.js'],
  ]);
});

test('each address has one page, and a layout has no address', () => {
  const routes = ['_app', '_app.index', '_app.cases.$id', 'login', '_m.m.index'];
  expect(Object.fromEntries(routesByAddress(routes))).toEqual({
    '/': '_app.index',
    '/cases/{id}': '_app.cases.$id',
    '/login': 'login',
    '/m': '_m.m.index',
  });
  expect(() => routesByAddress(['_app.m.index', '_m.m.index'])).toThrow('/m is the address of');
});
