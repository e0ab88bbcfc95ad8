import { catalog } from './catalog';
import zh from './zh-CN/trail';

export const t = catalog('trail', zh);
