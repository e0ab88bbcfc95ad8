import { catalog } from './catalog';
import zh from './zh-CN/manual';

export const t = catalog('manual', zh);

/** The capabilities of the product, in the order of its contexts. */
export const capabilities = Object.keys(zh)
  .filter((key) => key.startsWith('capability.'))
  .map((key) => key.slice('capability.'.length));
