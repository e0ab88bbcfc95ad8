import { catalog } from './catalog';
import zh from './zh-CN/imports';

export const t = catalog('imports', zh);
