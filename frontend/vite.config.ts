import { fileURLToPath } from 'node:url';
import { tanstackRouter } from '@tanstack/router-plugin/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { antdSheetFile } from './build/antdSheet';
import { compressed } from './build/compressed';
import { pages } from './build/pages';
import { phoneWorker } from './build/phoneWorker';

/** Where the API answers while the SPA is served by `npm run dev`. */
const target = process.env.WUYE_URL ?? 'http://127.0.0.1:8080';
/** The Host stays that of the page: the server refuses cookies sent from another origin. */
const api = { target, changeOrigin: false };

/** Files of `src/`, by their paths without the ending. */
const own = (paths: string) =>
  new RegExp(`[\\\\/]src[\\\\/](?:${paths.replaceAll('/', '[\\\\/]')})\\.(?:tsx?|css)`);
const vendor = (packages: string) => new RegExp(`[\\\\/]node_modules[\\\\/](?:${packages})[\\\\/]`);
const any = (...ways: RegExp[]) => new RegExp(ways.map((way) => way.source).join('|'));
const antd = (parts: string) => vendor(`antd[\\\\/]es[\\\\/](?:${parts})`);

/** The words of a context, in the language that every page carries. */
const words = (contexts: string) => `locales/(?:zh-CN/)?(?:${contexts})`;

/** The first load: session, client, texts and states without antd, and small helpers that they share with it. */
const BASE = any(
  own(
    `api/(?:client|problem|send|token)|access/(?:session|can|guard)|${words('lang|catalog|base')}|ui/(?:store|uuid|theme|icons|StateView|Anchor)`,
  ),
  vendor('clsx|openapi-fetch'),
  /@oxc-project/,
);

/** Figures and dates in words: for every page but the login. */
const WORDS = own(`${words('words|phone')}|ui/(?:format|text)`);

/** What every page behind the login has: data, the bell, live updates, the way to the login. */
const COMMON = any(
  own(
    `api/(?:query|live)|shell/(?:places|ToLogin)|notices/(?:data|Bell|bell)|${words('queue')}|ui/(?:form/draft|toast)|org/(?:deciders|week)`,
  ),
  vendor('@tanstack[\\\\/](?:react-query|query-core)'),
);

/** The part of a route file that is loaded with its page. */
const page = (route: string) =>
  new RegExp(`[\\\\/]src[\\\\/]routes[\\\\/]${route}\\.tsx\\?tsr-split`);

/** The elements of pages made for a phone: those of the staff, and the residents' one. */
const PHONE = own('ui/phone/(?:index|phone)|ui/(?:apart|image)');

/** What waits on the phone to be sent, and what it keeps to be read without a network. The back office looks when one leaves. */
const WAITING = own('offline/(?:queue|send|cache)');

/** The frame of the staff's phone pages with its first page. */
const PHONE_FRAME = any(
  own('shell/(?:PhoneLayout|PhoneHome|phoneCards|phoneTiles)'),
  page('_m(?:\\.m\\.index)?'),
);

/** The cards of the phone's first page, by what their own pages need too. */
const ORDERS = own('service_desk/phone/(?:OrderCards?|orders)');
const CARDS = own(
  'org/tasks/phone/(?:TaskCards?|tasks)|plans/duties/phone/(?:DutyCards?|duties|ExplainSheet)',
);
const MINE = own(
  `${words('shifts')}|org/(?:ShiftCards|myRoster)|workbench/phone/(?:WorkCards|mine|decidable)`,
);

/** Words and marks that those cards share with the back office. */
const KINDS = own(`${words('work')}|workbench/(?:data|kinds)`);
const WORK = own(`${words('tasks|duty')}|org/tasks/pills|plans/duties/(?:data|duty|words)`);
const MARKS = own(`${words('field')}|service_desk/pills`);

/** What the frame of the back office and its pages share. */
const OFFICE = own(
  `shell/(?:ActingBanner|SideMenu|Sign|menu)|${words('ui|shell')}|ui/(?:hooks|shortcuts|silent)|ui/opening/(?:Opening|MenuButton|opening)`,
);

/** A list with its filters, views and files. */
const LISTS = own(
  'ui/list/(?:Filters|Rows|useListState|Views|ListPage|Tabs)|ui/tabs|ui/opening/PanelButton',
);
/** What lists share with records. */
const FILES = own('ui/list/(?:Cards|list|ExportButton)|api/download');

/**
 * What a page needs is found from page to page: the lists of all of them would stand in the first load. The phone has its
 * pages kept by then. Styles stay, for they are in place before the page is.
 */
const stylesOnly = (page: string, needs: string[]) =>
  /\/_(?:app|m)\./.test(page) ? needs.filter((need) => need.endsWith('.css')) : needs;

const FRAME = 'button|config-provider|theme';
const CONTROLS = 'checkbox|input';
/** What opens beside a button, when it is reached for. */
const OPENED = 'dropdown|popover';
const FIELDS = 'alert|drawer|form|modal|tooltip';

/** One file of these modules alone: what they need stays where it belongs. */
const piece = (name: string, test: RegExp, priority: number) => ({
  name,
  test,
  priority,
  includeDependenciesRecursively: false,
});

export default defineConfig({
  base: '/',
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  plugins: [tanstackRouter(), react(), phoneWorker(), antdSheetFile(), pages(), compressed()],
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
              priority: 50,
            },
            // Each file costs a slow phone some milliseconds of its processor: few files, by what people meet together.
            { name: 'base', test: BASE, priority: 45 },
            piece('words', WORDS, 44),
            piece('common', COMMON, 44),
            piece('phone', PHONE, 43),
            piece('waiting', WAITING, 43),
            piece('_m', PHONE_FRAME, 43),
            piece('orders', ORDERS, 42),
            piece('cards', CARDS, 42),
            piece('mine', MINE, 42),
            piece('kinds', KINDS, 42),
            piece('work', WORK, 42),
            piece('marks', MARKS, 42),
            piece('office', OFFICE, 41),
            piece('lists', LISTS, 41),
            piece('files', FILES, 41),
            // antd: the frame, then what most pages use. Everything else (pickers, selects, previews) is split by the pages
            // that need it.
            {
              name: 'icons',
              test: /[\\/]node_modules[\\/](?:@ant-design[\\/]icons(?:-svg)?[\\/]|@babel[\\/]|dayjs[\\/]dayjs\.min)/,
              priority: 39,
            },
            { name: 'frame', test: antd(FRAME), priority: 38 },
            { name: 'controls', test: antd(CONTROLS), priority: 37 },
            { name: 'fields', test: antd(FIELDS), priority: 36 },
            { name: 'opened', test: antd(OPENED), priority: 35 },
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
