import cssinjs from '@ant-design/cssinjs';
import { Button, Checkbox, ConfigProvider, Input } from 'antd';
import { createElement as h } from 'react';
import { renderToString } from 'react-dom/server';
import type { Plugin } from 'vite';
import { buttons, look } from '../src/ui/look';

const ID = 'virtual:antd-sheet';

/** What the frame and the lists of the back office are made of; all else brings its styles when it is shown. */
const inEveryList = () => [
  h(Button, { key: 'button', type: 'primary' }, '查询'),
  h(Input, { key: 'input', allowClear: true, prefix: ' ' }),
  h(Checkbox, { key: 'checkbox' }),
];

/**
 * The styles of antd that every list needs, as a style sheet with the list of what is in it. antd reads that list and does not
 * put these styles together on the device: on a slow one that took longer than a list's rows. The sheet names antd's variables,
 * not their values: it is the same for light and dark.
 */
export function antdSheet(dark = false): string {
  const cache = cssinjs.createCache();
  renderToString(
    h(
      cssinjs.StyleProvider,
      { cache },
      h(ConfigProvider, { theme: look(dark, false), button: buttons }, ...inEveryList()),
    ),
  );
  return cssinjs.extractStyle(cache, { plain: true, types: 'style' });
}

/** `virtual:antd-sheet`: the address of that sheet. A file as it is: Vite's own way would rewrite antd's logical properties. */
export function antdSheetFile(): Plugin {
  let building = false;
  return {
    name: 'wuye:antd-sheet',
    configResolved(config) {
      building = config.command === 'build' && !process.env.VITEST;
    },
    resolveId: (id) => (id === ID ? `\0${ID}` : undefined),
    load(id) {
      if (id !== `\0${ID}`) return;
      // While developing, antd makes its styles itself.
      if (!building) return 'export default null;';
      const file = this.emitFile({ type: 'asset', name: 'antd.css', source: antdSheet() });
      return `export default import.meta.ROLLUP_FILE_URL_${file};`;
    },
  };
}
