import { fileURLToPath } from 'node:url';
import { tanstackRouter } from '@tanstack/router-plugin/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { compressed } from './build/compressed';
import { phoneWorker } from './build/phoneWorker';

/** Where the API answers while the SPA is served by `npm run dev`. */
const target = process.env.WUYE_URL ?? 'http://127.0.0.1:8080';
/** The Host stays that of the page: the server refuses cookies sent from another origin. */
const api = { target, changeOrigin: false };

/** Own modules of the first load, and small helpers that it shares with antd. */
const BASE =
  /[\\/]src[\\/](?:api[\\/](?:client|problem|send|token)|access[\\/](?:session|can|guard)|locales[\\/](?:zh-CN[\\/])?(?:lang|catalog|base)|ui[\\/](?:store|uuid|theme|icons|StateView|Anchor))\.tsx?$/;
const HELPERS = /[\\/]node_modules[\\/](?:clsx|openapi-fetch)[\\/]/;

const vendor = (packages: string) => new RegExp(`[\\\\/]node_modules[\\\\/](?:${packages})[\\\\/]`);

/** Figures and dates in words: for every page behind the login. */
const WORDS = /[\\/]src[\\/](?:locales[\\/](?:zh-CN[\\/])?words|ui[\\/](?:format|text))\.tsx?$/;

/** What every page behind the login has about it: the bell, live updates, the way to the login. */
const AROUND =
  /[\\/]src[\\/](?:api[\\/](?:query|live)|shell[\\/](?:places|ToLogin)|notices[\\/](?:data|Bell))\.tsx?$/;

/** What waits on the phone to be sent, and what it keeps to be read without a network. */
const WAITING = /[\\/]src[\\/]offline[\\/](?:queue|send|cache)\.ts$/;

/** What the frame and its pieces share: for every page of the back office, for no phone page. */
const FRAME_PARTS =
  /[\\/]src[\\/](?:locales[\\/](?:zh-CN[\\/])?(?:ui|shell)|ui[\\/](?:hooks|shortcuts))\.ts$/;

/**
 * What a page needs is found from page to page: the lists of all of them would stand in the first load. The phone has its
 * pages kept by then. Styles stay, for they are in place before the page is.
 */
const stylesOnly = (page: string, needs: string[]) =>
  /\/_(?:app|m)\./.test(page) ? needs.filter((need) => need.endsWith('.css')) : needs;

const antd = (parts: string) => vendor(`antd[\\\\/]es[\\\\/](?:${parts})`);
const FRAME = 'app|button|config-provider|drawer|dropdown|menu|modal|theme|tooltip';
const CONTROLS = 'alert|checkbox|form|input|popover';

export default defineConfig({
  base: '/',
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  plugins: [tanstackRouter(), react(), phoneWorker(), compressed()],
  server: { proxy: { '/api': api, '/docs': api, '/openapi.json': api } },
  build: {
    // Phone and public pages: Chrome 87 and Safari 14, as in WeChat's webview.
    target: ['chrome87', 'safari14'],
    manifest: true,
    reportCompressedSize: false,
    // The server sends `script-src 'self'`; nothing may be inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false, resolveDependencies: stylesOnly },
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      output: {
        entryFileNames: 'assets/[name]-[hash].js',
        // Grouped chunks are named after all their users: the first part is enough.
        chunkFileNames: ({ name }) => `assets/${name.split('~')[0]}-[hash].js`,
        assetFileNames: 'assets/[name]-[hash][extname]',
        codeSplitting: {
          groups: [
            { name: 'react', test: vendor('react|react-dom|scheduler'), priority: 50 },
            {
              name: 'router',
              test: vendor(
                '@tanstack[\\\\/](?:react-router|router-core|history|react-store|store)',
              ),
              priority: 40,
            },
            {
              name: 'query',
              test: vendor('@tanstack[\\\\/](?:react-query|query-core)'),
              priority: 40,
            },
            // What every page loads, in one piece: session, client, texts and states without antd.
            {
              name: 'base',
              test: (id: string) => BASE.test(id) || HELPERS.test(id),
              priority: 45,
            },
            // What the class components of antd are compiled to: for the back office alone.
            { name: 'helpers', test: vendor('@babel'), priority: 45 },
            { name: 'words', test: WORDS, priority: 44 },
            { name: 'parts', test: FRAME_PARTS, priority: 43 },
            // antd by what people meet together: the frame, then what most pages use. Everything
            // else (pickers, selects, previews) is split by the pages that need it.
            { name: 'icons', test: vendor('@ant-design[\\\\/]icons(?:-svg)?'), priority: 39 },
            { name: 'frame', test: antd(FRAME), priority: 38 },
            { name: 'controls', test: antd(CONTROLS), priority: 37 },
            { name: 'around', test: AROUND, priority: 36, includeDependenciesRecursively: false },
            { name: 'waiting', test: WAITING, priority: 35, includeDependenciesRecursively: false },
            { name: 'echarts', test: vendor('echarts|zrender|tslib'), priority: 40 },
          ],
        },
      },
    },
  },
  test: {
    environment: 'jsdom',
    setupFiles: ['./tests/setup.ts'],
    include: ['src/**/*.test.{ts,tsx}', 'build/**/*.test.ts'],
    restoreMocks: true,
    unstubGlobals: true,
  },
});
