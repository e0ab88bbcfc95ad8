import { catalog } from './catalog';
import zh from './zh-CN/shell';

export const t = catalog('shell', zh);
