import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Manifest, Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { everLoadedWith, routeSources, splitRoutes } from './graph.mjs';

/**
 * The service worker of the phone pages (scope /m): precaches what the routes `_m…` may load and
 * nothing else, so that the back office is never served from a cache. API calls are not touched.
 */
export function phoneWorker(): Plugin[] {
  let out = 'dist';
  return [
    {
      name: 'wuye:out-dir',
      configResolved(config) {
        out = resolve(config.root, config.build.outDir);
      },
    },
    ...VitePWA({
      strategies: 'generateSW',
      registerType: 'autoUpdate',
      injectRegister: null,
      filename: 'sw.js',
      manifestFilename: 'app.webmanifest',
      manifest: {
        id: '/m',
        name: '物业服务中心',
        short_name: '物业',
        lang: 'zh-CN',
        start_url: '/m',
        scope: '/m',
        display: 'standalone',
        background_color: '#f4f6f7',
        theme_color: '#0b6380',
        icons: [
          { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
          { src: '/icon-maskable.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
          { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
        ],
      },
      includeManifestIcons: false,
      workbox: {
        globPatterns: ['index.html', 'icon.svg', 'assets/*.{js,css}'],
        navigateFallback: '/index.html',
        navigateFallbackAllowlist: [/^\/m(?:\/|$)/],
        dontCacheBustURLsMatching: /^assets\//,
        cleanupOutdatedCaches: true,
        manifestTransforms: [
          (entries) => {
            const manifest = readManifest(out);
            const phone = [
              '_m',
              ...splitRoutes(manifest).filter((route) => route.startsWith('_m.')),
            ];
            const wanted = new Set([
              'index.html',
              'icon.svg',
              ...everLoadedWith(manifest, routeSources(manifest, phone)),
            ]);
            return {
              manifest: entries.filter((entry) => wanted.has(entry.url.replace(/^\//, ''))),
              warnings: [],
            };
          },
        ],
      },
    }),
  ];
}

const readManifest = (out: string): Manifest =>
  JSON.parse(readFileSync(join(out, '.vite/manifest.json'), 'utf8'));
