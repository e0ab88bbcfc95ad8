// Time to interactive under 4 × CPU throttling, of pages of the SPA and of the plain antd page, by turns in one run.
//
//   node measure.mjs SERVER ROUNDS      prints {"login": [ms, …], "phone": […], "table": […], "plain": […]}
//
// A page counts as interactive when what people came for is shown and the main thread has been free of long tasks since: the
// later of the first sight of it and the end of the last long task before a second of quiet.
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { chromium } from '@playwright/test';

const [server, rounds] = [process.argv[2], Number(process.argv[3])];
const QUIET_MS = 1000;
/** After that a page counts as broken. */
const PATIENCE_MS = 60_000;
/** A browser that has just opened a window loads pages of its own for it (Chromium 156: that of its address bar, 60 files). */
const SETTLED_MS = 1_500;
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.json': 'application/json', '.css': 'text/css' };

const rows = Array.from({ length: 50 }, (_, id) => ({
  id,
  no: `WX2026-${String(id).padStart(6, '0')}`,
  house: `${1 + (id % 9)}-2-${501 + id}`,
  text: '厨房水管接头漏水，水流到楼下，请尽快安排师傅上门。',
  technician: '王建国',
  state: '已派工',
  at: '2026-03-01 09:30',
}));

/** Serves the built plain page, compressed as the product compresses. */
async function plainServer() {
  const dist = join(import.meta.dirname, 'dist');
  const kept = new Map();
  const read = (path) => {
    if (path === '/rows.json') return brotliCompressSync(JSON.stringify(rows));
    return brotliCompressSync(readFileSync(join(dist, path === '/' ? 'index.html' : path)));
  };
  const http = createServer((request, response) => {
    try {
      if (!kept.has(request.url)) kept.set(request.url, read(request.url));
      const type = TYPES[extname(request.url)] ?? 'text/html';
      response.writeHead(200, { 'content-type': `${type}; charset=utf-8`, 'content-encoding': 'br' });
      response.end(kept.get(request.url));
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((listening) => http.listen(0, '127.0.0.1', listening));
  return { http, base: `http://127.0.0.1:${http.address().port}` };
}

const DESK = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

const plain = await plainServer();
const { password } = await (await fetch(`${server}/api/v1/demo-accounts`)).json();
const pages = {
  login: { base: server, path: '/login', shown: 'form button[type=submit]', viewport: PHONE },
  phone: { base: server, path: '/m', shown: 'nav.m-tiles a', viewport: PHONE, who: 'tech' },
  table: { base: server, path: '/estate/houses', shown: 'table.rows tbody tr', viewport: DESK, who: 'recept' },
  plain: { base: plain.base, path: '/', shown: 'tr[data-row-key]', viewport: DESK },
};

async function interactive(browser, { base, path, shown, viewport, who }) {
  const context = await browser.newContext({ baseURL: base, viewport, locale: 'zh-CN' });
  try {
    if (who) {
      const login = await context.request.post('/api/v1/auth/login', { data: { username: who, password } });
      if (!login.ok()) throw new Error(`login of ${who}: ${login.status()}`);
    }
    const page = await context.newPage();
    await page.addInitScript(() => {
      window.lastLongTask = 0;
      new PerformanceObserver((list) => {
        for (const task of list.getEntries()) window.lastLongTask = task.startTime + task.duration;
      }).observe({ type: 'longtask', buffered: true });
    });
    await new Promise((settled) => setTimeout(settled, SETTLED_MS));
    const chrome = await context.newCDPSession(page);
    await chrome.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    await page.goto(path, { waitUntil: 'commit' });
    // Looked for in the page at every frame: a round trip from here would be throttled too.
    return await page.evaluate(
      ({ shown, quiet, patience }) =>
        new Promise((done, fail) => {
          setTimeout(() => fail(new Error(`${location} shows no ${shown}: ${document.body.innerText.slice(0, 200)}`)), patience);
          const seen = () => document.querySelector(shown)?.getClientRects().length > 0;
          const look = () => {
            if (!seen()) return requestAnimationFrame(look);
            const first = performance.now();
            const wait = () => {
              const busy = Math.max(first, window.lastLongTask);
              if (performance.now() - busy >= quiet) done(busy);
              else setTimeout(wait, 100);
            };
            wait();
          };
          look();
        }),
      { shown, quiet: QUIET_MS, patience: PATIENCE_MS },
    );
  } finally {
    await context.close();
  }
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH, args: ['--no-sandbox'] });
const times = Object.fromEntries(Object.keys(pages).map((name) => [name, []]));
// The first round warms the server and the browser's own caches.
for (let round = 0; round <= rounds; round += 1) {
  for (const [name, page] of Object.entries(pages)) {
    const time = await interactive(browser, page);
    if (round > 0) times[name].push(time);
  }
}
await browser.close();
plain.http.close();
console.log(JSON.stringify(times));
