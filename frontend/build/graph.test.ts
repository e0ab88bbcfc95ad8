import { expect, test } from 'vitest';
import {
  circle,
  everLoadedWith,
  loadedWith,
  routeAddress,
  routeSources,
  stylesWith,
} from './graph.mjs';

const route = 'src/routes/_m.m.index.tsx?tsr-split=component';
const manifest = {
  'index.html': {
    file: 'index.js',
    isEntry: true,
    imports: ['_react.js'],
    dynamicImports: [route, 'src/routes/_app.index.tsx?tsr-split=component'],
  },
  '_react.js': { file: 'react.js' },
  [route]: { file: 'home.js', imports: ['_queue.js'], css: ['home.css'] },
  '_queue.js': { file: 'queue.js', dynamicImports: ['_upload.js'] },
  '_upload.js': { file: 'upload.js', imports: ['_shrink.js'] },
  '_shrink.js': { file: 'shrink.js' },
  'src/routes/_app.index.tsx?tsr-split=component': { file: 'office.js' },
};
const sources = routeSources(manifest, ['_m.m.index']);

test('a page loads its chunk, what that imports, and the styles', () => {
  expect(loadedWith(manifest, sources).sort()).toEqual([
    'home.css',
    'home.js',
    'index.js',
    'queue.js',
    'react.js',
  ]);
});

test('what a shared chunk asks for later is among what the phone keeps, other pages are not', () => {
  expect(everLoadedWith(manifest, sources)).toEqual(
    expect.arrayContaining(['upload.js', 'shrink.js']),
  );
  expect(everLoadedWith(manifest, sources)).not.toContain('office.js');
});

test('a source that was not built is named', () => {
  expect(() => loadedWith(manifest, ['src/gone.tsx'])).toThrow('src/gone.tsx');
});

test('a page that stands in the piece of its layout loads that piece', () => {
  const grouped = {
    'index.html': { file: 'index.js', isEntry: true },
    '__m.css': { file: 'phone.css' },
    '__m-1.js': { file: 'phone.js', name: '_m', css: ['phone.css'] },
  };
  expect(loadedWith(grouped, routeSources(grouped, ['_m', '_m.m.index']))).toEqual([
    'index.js',
    'phone.js',
    'phone.css',
  ]);
  expect(() => routeSources(grouped, ['_app.index'])).toThrow('_app');
});

test('files that need each other are found', () => {
  expect(circle(manifest)).toBeNull();
  const round = {
    a: { file: 'a.js', imports: ['b'] },
    b: { file: 'b.js', imports: ['c'] },
    c: { file: 'c.js', imports: ['b'] },
  };
  expect(circle(round)).toEqual(['b', 'c', 'b']);
});

test('styles come in the order of what needs what', () => {
  const dressed = {
    page: { file: 'page.js', imports: ['list', 'base'], css: ['page.css'] },
    list: { file: 'list.js', imports: ['base'], css: ['list.css'] },
    base: { file: 'base.js', css: ['base.css'] },
  };
  expect(stylesWith(dressed, ['page'])).toEqual(['base.css', 'list.css', 'page.css']);
});

test('a route file has its address', () => {
  expect(routeAddress('_app.index')).toBe('/');
  expect(routeAddress('_m.m.index')).toBe('/m');
  expect(routeAddress('_app.goals.sets.$id.$goal')).toBe('/goals/sets/{id}/{goal}');
  expect(routeAddress('login')).toBe('/login');
});
