import { catalog } from './catalog';
import zh from './zh-CN/figure';

export const t = catalog('figure', zh);
